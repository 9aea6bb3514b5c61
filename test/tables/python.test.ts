/** Every constant of Python's socket module exists here, and has the same value on this machine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonNames } from '../../tables/root-names.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';
import { allConstants } from './constants.js';

interface Answer {
  readonly version: string;
  readonly names: Readonly<Record<string, number | string>>;
}

const question = besideSource('python-names.py', import.meta.url);

const reason =
  process.platform === 'linux'
    ? withoutPython
    : 'the tables and Python are compared on Linux, where both are whole';

test('every constant of CPython 3.13 exists here, on every platform', async () => {
  const names = pythonNames();
  assert.ok(names.length > 480);
  const ours = await allConstants();
  assert.deepEqual(
    names.filter(name => !ours.has(name)),
    [],
  );
});

test('the list contains the constants of Python 3.13 or older on this machine', { skip: reason }, () => {
  const { version, names } = askPython<Answer>(question, null);
  if (version.localeCompare('3.13', 'en', { numeric: true }) > 0) return;
  const listed = new Set(pythonNames());
  assert.deepEqual(
    Object.keys(names).filter(name => !listed.has(name)),
    [],
  );
});

test('Python’s constants have the same values here', { skip: reason }, async () => {
  const { names: theirs } = askPython<Answer>(question, null);
  const ours = await allConstants();
  const lacking = Object.keys(theirs).filter(name => !ours.has(name));
  assert.deepEqual(lacking, [], 'Python has names that we lack');
  const unlike = Object.entries(theirs).filter(([name, value]) => ours.get(name) !== value);
  assert.deepEqual(unlike, [], 'Python has other values than we');
});

/** The names that Python added after those of tables/python-names.txt, by release. */
const later: Readonly<Record<string, string>> = {
  '3.14': `
    BDADDR_BREDR BDADDR_LE_PUBLIC BDADDR_LE_RANDOM SOL_BLUETOOTH SOL_L2CAP SOL_RFCOMM SOL_SCO SOL_HCI BT_SECURITY
    BT_SECURITY_SDP BT_SECURITY_LOW BT_SECURITY_MEDIUM BT_SECURITY_HIGH BT_SECURITY_FIPS BT_DEFER_SETUP BT_FLUSHABLE
    BT_FLUSHABLE_OFF BT_FLUSHABLE_ON BT_POWER BT_POWER_FORCE_ACTIVE_OFF BT_POWER_FORCE_ACTIVE_ON BT_CHANNEL_POLICY
    BT_CHANNEL_POLICY_BREDR_ONLY BT_CHANNEL_POLICY_BREDR_PREFERRED BT_SNDMTU BT_RCVMTU BT_PHY BT_MODE BT_MODE_BASIC
    BT_MODE_ERTM BT_MODE_STREAMING BT_MODE_LE_FLOWCTL BT_MODE_EXT_FLOWCTL BT_VOICE BT_VOICE_TRANSPARENT
    BT_VOICE_CVSD_16BIT BT_VOICE_TRANSPARENT_16BIT BT_CODEC BT_PKT_STATUS BT_ISO_QOS L2CAP_LM L2CAP_LM_MASTER
    L2CAP_LM_AUTH L2CAP_LM_ENCRYPT L2CAP_LM_TRUSTED L2CAP_LM_RELIABLE L2CAP_LM_SECURE HCI_CHANNEL_RAW HCI_CHANNEL_USER
    HCI_CHANNEL_MONITOR HCI_CHANNEL_CONTROL HCI_CHANNEL_LOGGING HCI_DEV_NONE IP_RECVERR IPV6_RECVERR IP_RECVTTL
    IP_RECVORIGDSTADDR IP_FREEBIND SO_ORIGINAL_DST VMADDR_CID_LOCAL`,
  '3.15': `
    IPV6_HDRINCL SOL_CAN_ISOTP CAN_ISOTP_OPTS CAN_ISOTP_RECV_FC CAN_ISOTP_TX_STMIN CAN_ISOTP_RX_STMIN CAN_ISOTP_LL_OPTS
    CAN_ISOTP_LISTEN_MODE CAN_ISOTP_EXTEND_ADDR CAN_ISOTP_TX_PADDING CAN_ISOTP_RX_PADDING CAN_ISOTP_CHK_PAD_LEN
    CAN_ISOTP_CHK_PAD_DATA CAN_ISOTP_HALF_DUPLEX CAN_ISOTP_FORCE_TXSTMIN CAN_ISOTP_FORCE_RXSTMIN CAN_ISOTP_RX_EXT_ADDR
    CAN_ISOTP_WAIT_TX_DONE CAN_ISOTP_SF_BROADCAST CAN_ISOTP_DEFAULT_FLAGS CAN_ISOTP_DEFAULT_EXT_ADDRESS
    CAN_ISOTP_DEFAULT_PAD_CONTENT CAN_ISOTP_DEFAULT_FRAME_TXTIME CAN_ISOTP_DEFAULT_RECV_BS CAN_ISOTP_DEFAULT_RECV_STMIN
    CAN_ISOTP_DEFAULT_RECV_WFTMAX CAN_ISOTP_DEFAULT_LL_MTU CAN_ISOTP_DEFAULT_LL_TX_DL CAN_ISOTP_DEFAULT_LL_TX_FLAGS`,
};

for (const [release, names] of Object.entries(later)) {
  test(`the names that Python ${release} added exist here`, async () => {
    const ours = await allConstants();
    const lacking = names
      .trim()
      .split(/\s+/)
      .filter(name => !ours.has(name));
    assert.deepEqual(lacking, []);
  });
}
