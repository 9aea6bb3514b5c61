/**
 * The rules of `npm run lint:prose`: words and forms that the documentation avoids, and their replacements.
 */

/** One rule. Each match of the pattern in a sentence is a finding. Patterns ignore case. */
export interface Rule {
  readonly pattern: RegExp;
  /** The replacement. */
  readonly instead: string;
}

const rule = (source: string, instead: string): Rule => ({ pattern: new RegExp(source, 'giu'), instead });

const counted = '(?:a|one|\\d[\\d,.]*) (?:KB|[\\w-]{3,})';
const unit =
  '(?:second|minute|thread|turn|batch|process|system call|call|datagram|packet|message|frame|file|folder|line|row|family|socket|subject|method|member|page|test|time)';

/** Metaphors and old words for which the field or everyday English has another word. */
const words: readonly Rule[] = [
  rule('\\brooms?\\b', '"space" for memory, "family" or "folder" for code'),
  rule('\\bfor ?ever\\b', '"indefinitely"'),
  rule('\\bnot at all\\b', '"never"'),
  rule('\\bow(?:e|es|ed|ing)\\b', '"must"'),
  rule('\\b(?:im)?patien(?:t|ce)\\b', '"deadline" or "timeout"'),
  rule('\\bfaces?\\b', '"form": the promise form and the Sync form'),
  rule('\\b(?:the|this) house\\b', '"the code" or "the project"'),
  rule('\\bfurniture\\b', '"files"'),
  rule('\\bnonsense\\b', '"invalid arguments" or "invalid input"'),
  rule('\\bthe other end\\b', '"the peer"'),
  rule('\\bnews\\b', '"events" or "notifications"'),
  rule('\\b(?:hears?|heard)\\b', '"receives", "received"'),
  rule('\\b(?:tells?|told) (?:of|about)\\b', '"reports"'),
  rule('\\bby (?:itself|themselves)\\b', '"automatically" or "on its own"'),
  rule('\\b(?:go|goes|going|went) on\\b', '"continue"'),
  rule('\\bgiv(?:e|es|ing) up\\b|\\bgave up\\b', '"end early" or "stop"'),
  rule('\\bin silence\\b', '"silently"'),
  rule('\\ball the same\\b', '"anyway" or "still"'),
  rule('\\bat once\\b', '"immediately" or "at the same time"'),
  rule('\\bnothing but\\b|\\bno ?(?:one|body) but\\b|\\bnone but\\b', '"only"'),
  rule('\\bbec(?:ome|omes|ame) of\\b', '"happens to" or "the result of"'),
  rule('\\b(?:whom|whoever|whatsoever)\\b', 'a name for the thing'),
  rule(
    '\\b(?:whence|thence|hence|thus|thereof|therein|thereby|wherein|whereby|hither|lest)\\b',
    'a plain word',
  ),
  rule('\\b(?:utili[sz]es?|in order to|prior to|commences?)\\b', '"use", "to", "before" or "start"'),
];

/** Forms of sentences. */
const forms: readonly Rule[] = [
  rule(`\\b${counted} an? ${unit}\\b`, '"per"'),
  rule(
    '\\b(?:once|twice|times|bytes|messages|packets|calls|milliseconds) an? (?:second|turn|call|batch|thread)\\b',
    '"per"',
  ),
  rule(
    '\\b(?:knows?|has|have|had|asks?|says?|takes?) (?:it |them )?not\\b(?! (?:only|yet|been|begun|come|gone|\\w+ed)\\b)',
    '"does not" and the verb',
  ),
  rule(
    '(?<!\\bthere )\\b(?:is|are|was|were) no (?!longer\\b|more\\b|less\\b|one\\b|need\\b)[a-z]+',
    '"is not a"',
  ),
  rule(
    '\\bmay (?:well|already|still|never|fail|happen|come|change|miss|lose|differ|arrive|occur)\\b',
    '"might" or "can"',
  ),
  rule('(?<=^|[.!?;] )Of (?!course\\b|these\\b)[a-z]+', 'subject, verb, object: not "Of X …"'),
  rule('\\bso (?:it|they) (?:is|are) with\\b', '"the same applies to"'),
];

/** Every rule. */
export const rules: readonly Rule[] = [...words, ...forms];
