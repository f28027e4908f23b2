# The overview: all commands, with or without asking for it.
$ footprint > one; footprint --help > two; footprint -h > three; footprint help > four
$ cmp one two; cmp two three; cmp three four
$ cat one
footprint: the open engine for place-based health and care systems

...
  version                  say which version this is
...
  manual                   print the manual page, in the form that man reads
...

footprint COMMAND --help shows an example.

# Each command names its options and an example.
$ footprint version --help
footprint version
  say which version this is

For example
  footprint version

Options
      --color WHEN         auto, always or never; NO_COLOR is honoured
  -h, --help               this text
      --no-input           never ask; fail instead
  -q, --quiet              no messages but errors
$ footprint completion -h
footprint completion SHELL
  print the completion script for bash, zsh or fish

For example
  footprint completion bash > /etc/bash_completion.d/footprint

Options
      --color WHEN         auto, always or never; NO_COLOR is honoured
  -h, --help               this text
      --no-input           never ask; fail instead
  -q, --quiet              no messages but errors
$ footprint version -h > short; footprint version --help > long; cmp short long
# --help wins over arguments that are missing or too many.
$ footprint completion --help | head -1
footprint completion SHELL
$ footprint version x --help | head -1
footprint version

# The manual page, as man reads it: every command of the overview is in it.
$ footprint manual | head -8
.TH FOOTPRINT 1 "" "footprint ..."
.SH NAME
footprint \- the open engine for place-based health and care systems
.SH SYNOPSIS
.B footprint
.I COMMAND
[options]
.SH COMMANDS
$ footprint manual | tail -1
0 done; 1 done, and something was found wrong; 2 the call is wrong; 3 the input is wrong; 4 refused; 5 the environment; 130 interrupted. On 2 to 5 nothing has changed.
$ sed -n 's/^  \([a-z][a-z -]*[a-z]\)   *.*/\1/p' one | while read -r name; do footprint manual | grep -q "^\.SS \"$name" || echo "$name is not in the manual"; done

# Completion scripts parse and know every command.
$ footprint completion bash > script.bash; bash -n script.bash
$ bash -c '. ./script.bash; COMP_WORDS=(footprint versi); COMP_CWORD=1; _footprint; echo "${COMPREPLY[@]}"'
version
$ bash -c '. ./script.bash; COMP_WORDS=(footprint manual --q); COMP_CWORD=2; _footprint; echo "${COMPREPLY[@]}"'
--quiet
$ footprint completion zsh > script.zsh; head -1 script.zsh; tail -n +2 script.zsh | cmp - script.bash
autoload -U +X bashcompinit && bashcompinit
$ footprint completion fish | grep -- '-a version '
complete -c footprint -n __fish_use_subcommand -a version -d 'say which version this is'
