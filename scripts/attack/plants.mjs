// Faults that are planted by hand, to show that the attacks find them. Each replaces a text that occurs once in its file.

/** Each fault: the file, what is replaced, and what the fault means. */
export const plants = [
  {
    name: 'a lost edge',
    file: 'src/reactor/reactor.ts',
    from: 'for (let i = 0; i < count; i++) tell(events[2 * i]!, events[2 * i + 1]!);',
    to: 'for (let i = 0; i < count; i++) if (i !== 1) tell(events[2 * i]!, events[2 * i + 1]!);',
    effect: 'the second event of a batch is not delivered',
  },
  {
    name: 'a leaked descriptor',
    file: 'src/internet/create-connection.ts',
    from: '    await connect(socket);\n    return socket;\n  } catch (error) {\n    socket.close();\n',
    to: '    await connect(socket);\n    return socket;\n  } catch (error) {\n',
    effect: 'a connection that fails is not closed',
  },
  {
    name: 'an errno mapped wrong',
    file: 'native/core/options.c',
    from: 'return getsockopt(fd, level, name, into.bytes, &length) < 0 ? -errno : (int)(length * unit);',
    to: 'return getsockopt(fd, level, name, into.bytes, &length) < 0 ? -1 : (int)(length * unit);',
    effect: 'every error of getsockopt is EPERM',
  },
  {
    name: 'a control message read too far',
    file: 'native/core/control.c',
    from: 'for (size_t at = 0; length - at >= sizeof(int); at += sizeof(int)) {',
    to: 'for (size_t at = 0; at < length; at += sizeof(int)) {',
    effect: 'a descriptor that is cut is read with the bytes behind it',
  },
  {
    name: 'a signal that is an error',
    file: 'native/core/message.c',
    from: 'while ((result < 0 && errno == EINTR) || refused(result, &extra));',
    to: 'while (refused(result, &extra));',
    effect: 'recvmsg fails with EINTR',
  },
  {
    name: 'a short send taken for a whole one',
    file: 'native/core/posix.c',
    from: 'do result = (int)send(fd, data.bytes, data.length, flags | quiet);\n  while (bk_send_again(fd, result < 0, &quiet));\n  return number(result);',
    to: 'do result = (int)send(fd, data.bytes, data.length, flags | quiet);\n  while (bk_send_again(fd, result < 0, &quiet));\n  return result > 0 ? (int)data.length : number(result);',
    effect: 'the rest of a partial send is lost',
  },
  {
    name: 'an allocation that is not checked',
    file: 'native/glue/resolve.c',
    from: '  if (request == NULL) return failure(env, &no_memory);\n  request->raw = copy_bytes(env, arguments[0], request);\n  request->flags',
    to: '  request->raw = copy_bytes(env, arguments[0], request);\n  request->flags',
    effect: 'getnameinfo crashes without memory',
  },
  {
    name: 'descriptors that are inherited',
    file: 'native/core/message.c',
    from: 'return with_control ? MSG_CMSG_CLOEXEC : 0; }',
    to: 'return with_control ? 0 : 0; }',
    effect: 'a child process gets received descriptors',
  },
  {
    name: 'a call that overtakes another',
    file: 'src/reactor/lane.ts',
    from: 'if (this.#head === undefined ? this.#ready || isNonblocking : this.canPass(operation)) {',
    to: 'if (this.#head === undefined ? this.#ready || isNonblocking : true) {',
    effect: 'a call is made before those that wait',
  },
  {
    name: 'an address read too far',
    file: 'src/families/unix/address.ts',
    from: 'const name = bytes.subarray(sockaddr_un.sun_path, Math.max(sockaddr_un.sun_path, length));',
    to: 'const name = bytes.subarray(sockaddr_un.sun_path, Math.max(sockaddr_un.sun_path, length + 1));',
    effect: 'an abstract name has one byte too many',
  },
];
