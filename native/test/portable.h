/* What the tests find under another name on other systems. */
#ifndef BERKELEY_PORTABLE_H
#define BERKELEY_PORTABLE_H

#ifdef __linux__
#define LOOPBACK_INTERFACE "lo"
#define DESCRIPTOR_FOLDER "/proc/self/fd"
#else
#define LOOPBACK_INTERFACE "lo0"
#define DESCRIPTOR_FOLDER "/dev/fd"
#endif

/* The control message that says who sent a message. */
#ifndef SCM_CREDENTIALS
#define SCM_CREDENTIALS SCM_CREDS
#endif

#endif
