// The tests that run in a Windows process.
const folders = /^build\/test\/(conformance|traits|select|windows)\//;
const files = /^build\/test\/runtime\/runtimes\.test\.js$|^build\/test\/tables\/node\.test\.js$/;

export function isForWindows(file) {
  return folders.test(file) || files.test(file);
}
