import type { Room } from '../room.js';

const linux = [
  'sys/socket.h',
  'bluetooth/bluetooth.h',
  'bluetooth/hci.h',
  'bluetooth/l2cap.h',
  'bluetooth/rfcomm.h',
  'bluetooth/sco.h',
];

/** The kernel publishes no headers of Bluetooth: these are BlueZ's (libbluetooth-dev). */
export const bluetooth: Room = {
  name: 'bluetooth',
  constants: 'src/families/bluetooth/constants.ts',
  layout: 'src/families/bluetooth/layout.ts',
  headers: { linux, win32: ['winsock2.h', 'ws2bth.h'] },
  groups: [
    {
      about: 'The Bluetooth family.',
      family: 'bluetooth',
      headers: {
        win32: ['winsock2.h', 'ws2bth.h', '#define AF_BLUETOOTH AF_BTH', '#define PF_BLUETOOTH PF_BTH'],
      },
      names: `
        AF_BLUETOOTH: The Bluetooth family; AF_BTH on Windows.
        PF_BLUETOOTH: The same number as AF_BLUETOOTH.`,
    },
    {
      about: 'A Bluetooth protocol, the third argument of `new Socket`.',
      headers: {
        win32: [
          'winsock2.h',
          'ws2bth.h',
          '#define BTPROTO_RFCOMM BTHPROTO_RFCOMM',
          '#define BTPROTO_L2CAP BTHPROTO_L2CAP',
        ],
      },
      names: `
        BTPROTO_L2CAP: Logical links.
        BTPROTO_HCI: Commands and events of a controller.
        BTPROTO_SCO: Voice.
        BTPROTO_RFCOMM: Streams, as of a serial line.
        BTPROTO_BNEP BTPROTO_CMTP BTPROTO_HIDP BTPROTO_AVDTP
        BTPROTO_ISO: Isochronous channels, for audio.`,
    },
    { about: 'A level of Bluetooth socket options.', names: 'SOL_HCI SOL_L2CAP SOL_SCO SOL_RFCOMM SOL_SDP' },
    {
      about: 'A socket option of level SOL_BLUETOOTH, or a value of one.',
      names: `
        BT_SECURITY BT_SECURITY_SDP BT_SECURITY_LOW BT_SECURITY_MEDIUM BT_SECURITY_HIGH BT_SECURITY_FIPS BT_DEFER_SETUP
        BT_FLUSHABLE BT_FLUSHABLE_OFF BT_FLUSHABLE_ON BT_POWER BT_POWER_FORCE_ACTIVE_OFF BT_POWER_FORCE_ACTIVE_ON
        BT_CHANNEL_POLICY BT_CHANNEL_POLICY_BREDR_ONLY BT_CHANNEL_POLICY_BREDR_PREFERRED
        BT_CHANNEL_POLICY_AMP_PREFERRED BT_VOICE BT_VOICE_TRANSPARENT BT_VOICE_CVSD_16BIT BT_VOICE_TRANSPARENT_16BIT
        BT_SNDMTU BT_RCVMTU
        BT_PHY BT_PHY_BR_1M_1SLOT BT_PHY_BR_1M_3SLOT BT_PHY_BR_1M_5SLOT BT_PHY_EDR_2M_1SLOT BT_PHY_EDR_2M_3SLOT
        BT_PHY_EDR_2M_5SLOT BT_PHY_EDR_3M_1SLOT BT_PHY_EDR_3M_3SLOT BT_PHY_EDR_3M_5SLOT BT_PHY_LE_1M_TX BT_PHY_LE_1M_RX
        BT_PHY_LE_2M_TX BT_PHY_LE_2M_RX BT_PHY_LE_CODED_TX BT_PHY_LE_CODED_RX BT_MODE BT_MODE_BASIC BT_MODE_ERTM
        BT_MODE_STREAMING BT_MODE_LE_FLOWCTL BT_MODE_EXT_FLOWCTL BT_PKT_STATUS BT_SCM_PKT_STATUS BT_ISO_QOS
        BT_ISO_QOS_CIG_UNSET BT_ISO_QOS_CIS_UNSET BT_ISO_QOS_BIG_UNSET BT_ISO_QOS_BIS_UNSET BT_CODEC BT_ISO_BASE`,
    },
    {
      about: 'A kind of device address.',
      names: `
        BDADDR_BREDR: Classic Bluetooth.
        BDADDR_LE_PUBLIC: Low energy, a public address.
        BDADDR_LE_RANDOM: Low energy, a random address.`,
    },
    {
      about: 'A socket option of level SOL_HCI.',
      names: `
        HCI_FILTER: Which packets and events are received (hci_filter).
        HCI_DATA_DIR: Receive which way each packet went.
        HCI_TIME_STAMP: Receive each packet’s timestamp.
        HCI_CMSG_DIR HCI_CMSG_TSTAMP`,
    },
    {
      about: 'A device or channel of an HCI address.',
      names: `
        HCI_DEV_NONE: No device.
        HCI_CHANNEL_RAW HCI_CHANNEL_USER HCI_CHANNEL_MONITOR HCI_CHANNEL_CONTROL HCI_CHANNEL_LOGGING`,
    },
    {
      about: 'A kind of HCI packet.',
      names: `
        HCI_COMMAND_PKT HCI_ACLDATA_PKT HCI_SCODATA_PKT HCI_EVENT_PKT HCI_ISODATA_PKT HCI_VENDOR_PKT HCI_MAX_EVENT_SIZE
        HCI_MAX_FRAME_SIZE`,
    },
    {
      about: 'A socket option of level SOL_L2CAP, or a value of one.',
      names: `
        L2CAP_OPTIONS L2CAP_CONNINFO L2CAP_LM L2CAP_LM_MASTER L2CAP_LM_AUTH L2CAP_LM_ENCRYPT L2CAP_LM_TRUSTED
        L2CAP_LM_RELIABLE L2CAP_LM_SECURE L2CAP_MODE_BASIC L2CAP_MODE_RETRANS L2CAP_MODE_FLOWCTL L2CAP_MODE_ERTM
        L2CAP_MODE_STREAMING L2CAP_DEFAULT_MTU L2CAP_DEFAULT_FLUSH_TO`,
    },
    {
      about: 'A socket option of level SOL_RFCOMM, or a value of one.',
      names: `
        RFCOMM_CONNINFO RFCOMM_LM RFCOMM_LM_MASTER RFCOMM_LM_AUTH RFCOMM_LM_ENCRYPT RFCOMM_LM_TRUSTED RFCOMM_LM_RELIABLE
        RFCOMM_LM_SECURE RFCOMM_DEFAULT_MTU RFCOMM_PSM`,
    },
    {
      about: 'A socket option of level SOL_SCO, or a value of one.',
      names: 'SCO_OPTIONS SCO_CONNINFO SCO_DEFAULT_MTU',
    },
    {
      about: 'A socket option of level SOL_RFCOMM of Windows.',
      headers: { linux: [] },
      names: `
        SO_BTH_AUTHENTICATE SO_BTH_ENCRYPT SO_BTH_MTU SO_BTH_MTU_MAX SO_BTH_MTU_MIN
        BT_PORT_ANY: Any channel, for bind().`,
    },
  ],
  strings: [
    {
      name: 'BDADDR_ANY',
      about: 'Any device: all zeros. `bluetooth/bluetooth.h`',
      value: '00:00:00:00:00:00',
    },
    {
      name: 'BDADDR_ALL',
      about: 'All devices: all ones. `bluetooth/bluetooth.h`',
      value: 'FF:FF:FF:FF:FF:FF',
    },
    {
      name: 'BDADDR_LOCAL',
      about: 'This device itself. `bluetooth/bluetooth.h`',
      value: '00:00:00:FF:FF:FF',
    },
  ],
  structs: [
    {
      name: 'sockaddr_l2',
      about: 'an L2CAP address.',
      fields: 'l2_family l2_psm l2_bdaddr+ l2_cid l2_bdaddr_type',
    },
    { name: 'sockaddr_rc', about: 'an RFCOMM address.', fields: 'rc_family rc_bdaddr+ rc_channel' },
    { name: 'sockaddr_hci', about: 'an HCI address.', fields: 'hci_family hci_dev hci_channel' },
    { name: 'sockaddr_sco', about: 'an SCO address.', fields: 'sco_family sco_bdaddr+' },
    { name: 'bt_security', about: 'the value of BT_SECURITY.', fields: 'level key_size' },
    { name: 'bt_power', about: 'the value of BT_POWER.', fields: 'force_active' },
    { name: 'bt_voice', about: 'the value of BT_VOICE.', fields: 'setting' },
    {
      name: 'l2cap_options',
      about: 'the value of L2CAP_OPTIONS.',
      fields: 'omtu imtu flush_to mode fcs max_tx txwin_size',
    },
    { name: 'l2cap_conninfo', about: 'the value of L2CAP_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'rfcomm_conninfo', about: 'the value of RFCOMM_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'sco_options', about: 'the value of SCO_OPTIONS.', fields: 'mtu' },
    { name: 'sco_conninfo', about: 'the value of SCO_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'hci_filter', about: 'the value of HCI_FILTER.', fields: 'type_mask event_mask+ opcode' },
  ],
};
