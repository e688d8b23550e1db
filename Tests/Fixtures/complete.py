#!/usr/bin/env python3
"""Types options, values and file names of the tools in a real shell on a pseudo-terminal, with a tab after each.

usage: complete.py SHELL TOOL...

Works in the current folder, which it fills with files to complete. Prints a line for each check:
shell, tool, what was typed, what the shell made of it, and 'ok' or 'WRONG'. Ends with status 1 if one is wrong.
"""
import fcntl, json, os, pty, re, select, struct, subprocess, sys, termios, time

END = "@END@"
FILES = ["alpha one.safetensors", "beta.png", "gamma.svg", "delta.html", "words.txt", "folder/inside.txt"]


class Shell:
    def __init__(self, name, tools):
        for tool in tools:
            script = subprocess.run([tool, "--generate-completion-script", name], capture_output=True, text=True, check=True)
            os.makedirs(".completions", exist_ok=True)
            with open(f".completions/{'_' * (name == 'zsh')}{tool}", "w") as file:
                file.write(script.stdout)
        setup, command = getattr(self, name)(tools)
        with open(".setup", "w") as file:
            file.write(setup)
        environment = dict(os.environ, HOME=os.getcwd(), TERM="dumb" if name != "fish" else "xterm", LC_ALL="C.UTF-8")
        environment.pop("ZDOTDIR", None)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 160, 0, 0))
        time.sleep(0.5)
        self.pid, self.text = pid, ""
        # What is typed before a shell is ready may be lost.
        self.send((". ./.setup" if name != "fish" else "source .setup") + "\r")
        self.wait()

    def bash(self, tools):
        lines = ["bind 'set show-all-if-ambiguous on'", "bind 'set completion-query-items 0'", "bind 'set bell-style none'"]
        lines += [f". .completions/{tool}" for tool in tools]
        lines += [f"{tool}() {{ printf '<%s>' \"$@\"; printf '@%s@\\n' END; }}" for tool in tools]
        return "\n".join(lines + ["printf '@%s@\\n' END", ""]), ["bash", "--norc", "--noprofile", "-i"]

    def zsh(self, tools):
        lines = ["fpath=($PWD/.completions $fpath)", "autoload -Uz compinit", "compinit -u -D", "LISTMAX=10000", "unsetopt beep"]
        lines += [f"{tool}() {{ printf '<%s>' \"$@\"; printf '@%s@\\n' END; }}" for tool in tools]
        return "\n".join(lines + ["printf '@%s@\\n' END", ""]), ["zsh", "-f", "-i"]

    def fish(self, tools):
        lines = [f"source .completions/{tool}" for tool in tools]
        lines += [f"function {tool}; printf '<%s>' $argv; printf '@%s@\\n' END; end" for tool in tools]
        return "\n".join(lines + ["printf '@%s@\\n' END", ""]), ["fish", "--no-config", "-i"]

    def send(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, patience=20):
        """What is shown until a tool or the setup has run."""
        shown, deadline = "", time.time() + patience
        while END not in shown and time.time() < deadline:
            if select.select([self.terminal], [], [], 0.1)[0]:
                part = os.read(self.terminal, 65536).decode(errors="replace")
                # A terminal that doesn't answer "what are you" makes fish wait.
                if "\x1b[c" in part or "\x1b[0c" in part:
                    self.send("\x1b[?62c")
                shown += part
        return shown

    def complete(self, line):
        """The arguments that the line has after a tab, and all that the screen showed."""
        self.send(line + "\t")
        time.sleep(0.02)
        self.send("\r")
        shown = self.wait()
        plain = re.sub(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()].|[=>])", "", shown)
        arguments = re.search("(<[^\r\n]*>)" + END, plain)
        return (arguments.group(1)[1:-1].split("><") if arguments else []), plain


def names(argument):
    return [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument.get("names", [])]


def checks(tool):
    """Lines to type, and what the last argument is to be; or a list of which one must be shown."""
    arguments = json.loads(subprocess.check_output([tool, "--experimental-dump-help"]))["command"]["arguments"]
    longs = [name for argument in arguments for name in names(argument) if name.startswith("--")]
    for name in longs:
        isAlone = not [other for other in longs if other != name and other.startswith(name[:-1])]
        yield name[:-1], name, not isAlone
    for argument in arguments:
        kind = argument.get("completionKind", {})
        words = argument.get("allValues") or kind.get("list", {}).get("values", [])
        spellings = [name + " " for name in names(argument)] + [n + "=" for n in names(argument) if n.startswith("--")]
        if argument["kind"] == "flag":
            continue
        for spelling in spellings or [""]:
            joined = spelling if spelling.endswith("=") else ""
            for word in words:
                isAlone = not [other for other in words if other != word and other.startswith(word[:-1])]
                yield spelling + word[:-1], joined + word, not isAlone
            if "directory" in kind:
                yield spelling + "fol", joined + "folder/", False
            elif "file" in kind:
                endings = kind["file"]["extensions"] or ["txt", "safetensors"]
                for name in FILES[:5]:
                    if name.rsplit(".", 1)[1] in endings:
                        yield spelling + name[:3], joined + name, False
                yield spelling + "words", joined + "words.txt", False
                yield spelling + "folder/in", joined + "folder/inside.txt", False
            elif not words:
                yield spelling + "alp", joined + "alp", False


def main():
    name, tools = sys.argv[1], sys.argv[2:]
    for file in FILES:
        os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
        open(file, "w").close()
    shell, isRight = Shell(name, tools), True
    for tool in tools:
        for typed, wanted, isListed in checks(tool):
            arguments, shown = shell.complete(f"{tool} {typed}")
            last = arguments[-1] if arguments else ""
            # zsh takes the slash away again.
            isSo = last.rstrip("/") == wanted.rstrip("/") or isListed and re.search(re.escape(wanted.split("=")[-1]) + r"(?![\w-])", shown)
            isSo = isSo and not re.search("_arguments|not found|(parse|syntax) error", shown)
            isRight = isRight and bool(isSo)
            print(name, tool, typed, last if last == wanted else f"{last} ...", "ok" if isSo else "WRONG", sep="\t", flush=True)
            if not isSo:
                print(repr(shown[-600:]), file=sys.stderr)
    os.kill(shell.pid, 9)
    sys.exit(0 if isRight else 1)


main()
