import CodiraAnalyzerKit

/// Commands that no script defines: the shell's own, and those that every system has.
enum KnownCommands {
  static func isKnown(_ name: Text) -> Bool { builtins.contains(name) || programs.contains(name) }

  static let builtins: Set<Text> = [
    ".", ":", "[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "command", "compgen",
    "complete",
    "compopt", "continue", "declare", "dirs", "disown", "echo", "emulate", "enable", "eval", "exec", "exit",
    "export", "false", "fc", "fg", "getopts", "hash", "help", "history", "jobs", "kill", "let", "local",
    "logout",
    "mapfile", "popd", "print", "printf", "pushd", "pwd", "read", "readarray", "readonly", "return", "set",
    "setopt", "shift", "shopt", "source", "suspend", "test", "time", "times", "trap", "true", "type",
    "typeset",
    "ulimit", "umask", "unalias", "unset", "unsetopt", "wait", "whence", "zstyle", "autoload",
  ]

  /// POSIX utilities and what most systems have beside them.
  static let programs: Set<Text> = [
    "awk", "basename", "bash", "bc", "bzip2", "cat", "chgrp", "chmod", "chown", "cksum", "clear", "cmp",
    "column",
    "comm", "cp", "curl", "cut", "date", "dd", "df", "diff", "dirname", "docker", "du", "ed", "egrep", "env",
    "expr",
    "fgrep", "file", "find", "fold", "gawk", "git", "grep", "groups", "gunzip", "gzip", "head", "hostname",
    "id",
    "install", "join", "less", "ln", "logger", "ls", "make", "md5sum", "mkdir", "mkfifo", "mknod", "mktemp",
    "more",
    "mount", "mv", "nice", "nl", "node", "nohup", "npm", "od", "openssl", "paste", "patch", "perl", "pgrep",
    "ping",
    "pkill", "ps", "python", "python3", "readlink", "realpath", "rm", "rmdir", "rsync", "sed", "seq", "sh",
    "sha1sum", "sha256sum", "sleep", "sort", "split", "ssh", "stat", "strings", "strip", "stty", "su", "sudo",
    "sync", "tail", "tar", "tee", "timeout", "touch", "tput", "tr", "tty", "umount", "uname", "unexpand",
    "uniq",
    "unzip", "wc", "wget", "which", "who", "whoami", "xargs", "xz", "yes", "zcat", "zip",
  ]

  /// Commands whose first word that is no option is a command again.
  static let wrappers: Set<Text> = [
    "builtin", "command", "env", "exec", "nice", "nohup", "run", "sudo", "time", "timeout", "xargs",
  ]
}
