/**
 * AF_TIPC between two nodes, which are network namespaces with one link and bearer each. This package runs on
 * one, Python on the other.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AF_TIPC, SOCK_RDM, TIPC_PUBLISHED, TIPC_WITHDRAWN } from 'berkeley';
import { needsCommand, needsNamespaces, needsSocket } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { Child, waitFor } from '../support/running.js';

const program = fileURLToPath(new URL('tipc-cluster-program.js', import.meta.url));
const theirProgram = besideSource('tipc_node.py', import.meta.url);

function run(namespace: Namespace, ...command: string[]): string {
  return execFileSync(...namespace.command(...command), { encoding: 'utf8' });
}

/** Two namespaces with a cable between them, and a bearer at each end. */
function makeNodes(): [Namespace, Namespace] {
  const [one, two] = [new Namespace(), new Namespace()];
  ip(['link', 'add', 'cable', 'netns', one.name, 'type', 'veth', 'peer', 'name', 'cable', 'netns', two.name]);
  for (const node of [one, two]) {
    ip(['link', 'set', 'cable', 'up'], node);
    run(node, 'tipc', 'bearer', 'enable', 'media', 'eth', 'device', 'cable');
  }
  return [one, two];
}

const skip =
  needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM) ||
  needsNamespaces ||
  needsCommand('tipc', 'iproute2') ||
  withoutPython;

describe('AF_TIPC, two nodes', { skip }, () => {
  let nodes: [Namespace, Namespace];
  before(() => {
    nodes = makeNodes();
  });
  after(() => {
    for (const node of nodes ?? []) node.remove();
  });

  test('services on another node are found by name, and its group members are visible', async () => {
    const [one, two] = nodes;
    await waitFor('the link is up', () => /cable-.*up/.test(run(one, 'tipc', 'link', 'list')));
    await using theirs = new Child(...two.command(python, theirProgram));
    await theirs.prints(/offered/);
    await using ours = new Child(...one.command(process.execPath, program));
    const output = await ours.ends().catch(error => {
      throw new Error(`${error}\nthe other node: ${theirs.output}`);
    });
    assert.match(await theirs.ends(), /done/);
    const told = output
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { what: string; value: unknown });
    const seen = Object.fromEntries(told.map(({ what, value }) => [what, value])) as Record<string, unknown>;
    assert.deepEqual(seen.published, { event: TIPC_PUBLISHED, isElsewhere: true });
    assert.deepEqual(seen.datagram, { text: 'BERKELEY', isThere: true });
    assert.equal(seen.here, 'EHOSTUNREACH');
    const { theirs: digest, ours: expected } = seen.stream as { theirs: string; ours: string };
    assert.equal(digest, expected);
    assert.deepEqual(seen.accepted, { text: 'from another node', isThere: true });
    assert.deepEqual(seen.member, { isNews: true, type: 7004, instance: 2, isThere: true });
    assert.equal(seen.group, 'TO THE GROUP');
    assert.equal((seen.withdrawn as { event: number }).event, TIPC_WITHDRAWN);
  });
});
