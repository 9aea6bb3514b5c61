/* Names of the host, of interfaces, services and protocols on Windows. Winsock returns them in memory that each thread has
 * for itself (Microsoft Learn, "getservbyname function"), so no lock is needed. */
#include "win32.h"

#include <iphlpapi.h>
#include <netioapi.h>
#include <string.h>

int bk_gethostname(char *name, size_t size) {
  int result = bk_start_winsock();
  if (result < 0) return result;
  return gethostname(name, (int)size) == 0 ? (int)strlen(name) : bk_last_errno();
}

/* SetComputerNameExW only takes effect after a restart of the machine, so the name would not be what sethostname(2) set. */
int bk_sethostname(const char *name, size_t length) {
  (void)name, (void)length;
  return -ENOSYS;
}

int bk_if_nametoindex(const char *name) {
  NET_IFINDEX index = if_nametoindex(name);
  return index == 0 ? -ENODEV : (int)index;
}

int bk_if_indextoname(unsigned index, char name[BK_INTERFACE_NAME_SIZE]) {
  char full[NDIS_IF_MAX_STRING_SIZE + 1];
  if (if_indextoname(index, full) == NULL) return -ENXIO;
  size_t length = strlen(full);
  if (length >= BK_INTERFACE_NAME_SIZE) return -ERANGE;
  memcpy(name, full, length + 1);
  return (int)length;
}

int bk_if_nameindex(void (*each)(void *context, unsigned index, const char *name), void *context) {
  MIB_IF_TABLE2 *table = NULL;
  DWORD error = GetIfTable2(&table);
  if (error != NO_ERROR) return bk_errno_of(error);
  int count = 0;
  for (ULONG i = 0; i < table->NumEntries; i++) {
    char name[NDIS_IF_MAX_STRING_SIZE + 1];
    if (ConvertInterfaceLuidToNameA(&table->Table[i].InterfaceLuid, name, sizeof name) != NO_ERROR) continue;
    each(context, table->Table[i].InterfaceIndex, name);
    count++;
  }
  FreeMibTable(table);
  return count;
}

int bk_getservbyname(const char *name, const char *protocol) {
  const struct servent *entry = bk_start_winsock() < 0 ? NULL : getservbyname(name, protocol);
  return entry == NULL ? -ENOENT : ntohs((u_short)entry->s_port);
}

int bk_getservbyport(int port, const char *protocol, char *name, size_t size) {
  const struct servent *entry = bk_start_winsock() < 0 ? NULL : getservbyport(htons((u_short)port), protocol);
  if (entry == NULL) return -ENOENT;
  size_t length = strlen(entry->s_name);
  if (length >= size) return -ERANGE;
  memcpy(name, entry->s_name, length + 1);
  return (int)length;
}

int bk_getprotobyname(const char *name) {
  const struct protoent *entry = bk_start_winsock() < 0 ? NULL : getprotobyname(name);
  return entry == NULL ? -ENOENT : entry->p_proto;
}
