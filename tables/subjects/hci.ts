import type { Group } from '../subject.js';

/** Bluetooth controllers, in the subject of Bluetooth. */
export const hci: readonly Group[] = [
  {
    about: 'A socket option of level SOL_HCI.',
    kind: 'option',
    except: 'HCI_CMSG_DIR HCI_CMSG_TSTAMP',
    names: `
      HCI_FILTER: The packets and events to receive (hci_filter).
      HCI_DATA_DIR: Receive the direction of each packet as a control message.
      HCI_TIME_STAMP: Receive the timestamp of each packet as a control message.
      HCI_CMSG_DIR: Control message: the direction of the packet (HCI_DATA_DIR).
      HCI_CMSG_TSTAMP: Control message: the timestamp of the packet (HCI_TIME_STAMP).`,
  },
  {
    about: 'A device or channel of an HCI address.',
    names: `
      HCI_DEV_NONE: No device.
      HCI_CHANNEL_RAW: Access to the controller in parallel with the kernel.
      HCI_CHANNEL_USER: Exclusive access to the controller, without the kernel.
      HCI_CHANNEL_MONITOR: All traffic of all controllers; read-only.
      HCI_CHANNEL_CONTROL: The management interface of the kernel.
      HCI_CHANNEL_LOGGING: Log messages for readers of HCI_CHANNEL_MONITOR.`,
  },
  {
    about: 'A type of HCI packet.',
    names: `
      HCI_COMMAND_PKT: A command to the controller.
      HCI_ACLDATA_PKT: ACL data.
      HCI_SCODATA_PKT: Voice data.
      HCI_EVENT_PKT: An event from the controller.
      HCI_ISODATA_PKT: Isochronous data.
      HCI_VENDOR_PKT: A vendor-specific packet.`,
  },
  {
    about: 'A size or limit of HCI.',
    names: `
      HCI_MAX_DEV HCI_MAX_EVENT_SIZE HCI_MAX_FRAME_SIZE HCI_MAX_AMP_SIZE HCI_MAX_ACL_SIZE HCI_MAX_SCO_SIZE
      HCI_MAX_NAME_LENGTH HCI_MAX_EIR_LENGTH HCI_TYPE_LEN HCI_COMMAND_HDR_SIZE HCI_EVENT_HDR_SIZE HCI_ACL_HDR_SIZE
      HCI_SCO_HDR_SIZE HCI_MSG_HDR_SIZE HCI_QOS_CP_SIZE HCI_FLT_TYPE_BITS HCI_FLT_EVENT_BITS HCI_FLT_OGF_BITS
      HCI_FLT_OCF_BITS`,
  },
  {
    about: 'An event of a controller, on HCI_CHANNEL_MONITOR and in EVT_STACK_INTERNAL.',
    names: 'HCI_DEV_REG HCI_DEV_UNREG HCI_DEV_UP HCI_DEV_DOWN HCI_DEV_SUSPEND HCI_DEV_RESUME',
  },
  {
    about: 'The bus of a controller, or its type.',
    names: `
      HCI_VIRTUAL HCI_USB HCI_PCCARD HCI_UART HCI_RS232 HCI_PCI HCI_SDIO HCI_SPI HCI_I2C HCI_SMD HCI_VIRTIO HCI_PRIMARY
      HCI_AMP HCI_BREDR`,
  },
  {
    about: 'A bit number of a controller’s state (flags of hci_dev_info).',
    names: 'HCI_UP HCI_INIT HCI_RUNNING HCI_PSCAN HCI_ISCAN HCI_AUTH HCI_ENCRYPT HCI_INQUIRY HCI_RAW',
  },
  {
    about: 'A radio packet type for data or voice.',
    hex: true,
    names: `
      HCI_2DH1 HCI_3DH1 HCI_DM1 HCI_DH1 HCI_2DH3 HCI_3DH3 HCI_DM3 HCI_DH3 HCI_2DH5 HCI_3DH5 HCI_DM5 HCI_DH5 HCI_HV1
      HCI_HV2 HCI_HV3 HCI_EV3 HCI_EV4 HCI_EV5 HCI_2EV3 HCI_3EV3 HCI_2EV5 HCI_3EV5`,
  },
  {
    about: 'A type of link.',
    names: `
      SCO_LINK: A voice link.
      ACL_LINK: A data link.
      ESCO_LINK: A voice link with retransmission.`,
  },
  {
    about: 'An error of a controller.',
    hex: true,
    names: `
      HCI_UNKNOWN_COMMAND HCI_NO_CONNECTION HCI_HARDWARE_FAILURE HCI_PAGE_TIMEOUT HCI_AUTHENTICATION_FAILURE
      HCI_PIN_OR_KEY_MISSING HCI_MEMORY_FULL HCI_CONNECTION_TIMEOUT HCI_MAX_NUMBER_OF_CONNECTIONS
      HCI_MAX_NUMBER_OF_SCO_CONNECTIONS HCI_ACL_CONNECTION_EXISTS HCI_COMMAND_DISALLOWED HCI_REJECTED_LIMITED_RESOURCES
      HCI_REJECTED_SECURITY HCI_REJECTED_PERSONAL HCI_HOST_TIMEOUT HCI_UNSUPPORTED_FEATURE HCI_INVALID_PARAMETERS
      HCI_OE_USER_ENDED_CONNECTION HCI_OE_LOW_RESOURCES HCI_OE_POWER_OFF HCI_CONNECTION_TERMINATED
      HCI_REPEATED_ATTEMPTS HCI_PAIRING_NOT_ALLOWED HCI_UNKNOWN_LMP_PDU HCI_UNSUPPORTED_REMOTE_FEATURE
      HCI_SCO_OFFSET_REJECTED HCI_SCO_INTERVAL_REJECTED HCI_AIR_MODE_REJECTED HCI_INVALID_LMP_PARAMETERS
      HCI_UNSPECIFIED_ERROR HCI_UNSUPPORTED_LMP_PARAMETER_VALUE HCI_ROLE_CHANGE_NOT_ALLOWED HCI_LMP_RESPONSE_TIMEOUT
      HCI_LMP_ERROR_TRANSACTION_COLLISION HCI_LMP_PDU_NOT_ALLOWED HCI_ENCRYPTION_MODE_NOT_ACCEPTED
      HCI_UNIT_LINK_KEY_USED HCI_QOS_NOT_SUPPORTED HCI_INSTANT_PASSED HCI_PAIRING_NOT_SUPPORTED
      HCI_TRANSACTION_COLLISION HCI_QOS_UNACCEPTABLE_PARAMETER HCI_QOS_REJECTED HCI_CLASSIFICATION_NOT_SUPPORTED
      HCI_INSUFFICIENT_SECURITY HCI_PARAMETER_OUT_OF_RANGE HCI_ROLE_SWITCH_PENDING HCI_SLOT_VIOLATION
      HCI_ROLE_SWITCH_FAILED HCI_EIR_TOO_LARGE HCI_SIMPLE_PAIRING_NOT_SUPPORTED HCI_HOST_BUSY_PAIRING`,
  },
  {
    about: 'A policy or mode of links (ioctl HCISETLINKPOL and HCISETLINKMODE).',
    hex: true,
    names: `
      HCI_LP_RSWITCH HCI_LP_HOLD HCI_LP_SNIFF HCI_LP_PARK HCI_LM_ACCEPT HCI_LM_MASTER HCI_LM_AUTH HCI_LM_ENCRYPT
      HCI_LM_TRUSTED HCI_LM_RELIABLE HCI_LM_SECURE`,
  },
  {
    about: 'A type of link key.',
    names: `
      HCI_LK_COMBINATION HCI_LK_LOCAL_UNIT HCI_LK_REMOTE_UNIT HCI_LK_DEBUG_COMBINATION HCI_LK_UNAUTH_COMBINATION
      HCI_LK_AUTH_COMBINATION HCI_LK_CHANGED_COMBINATION HCI_LK_INVALID`,
  },
];
