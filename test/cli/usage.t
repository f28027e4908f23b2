# Wrong calls: exit code 2, one sentence, and nothing on standard output.
$ footprint nosuch
! footprint: there is no command "nosuch"; footprint --help lists them
? 2
$ footprint nosuch verb
! footprint: there is no command "nosuch verb"; footprint --help lists them
? 2
$ footprint ""
! footprint: there is no command ""; footprint --help lists them
? 2
# A noun alone is no command: its verbs are named.
$ footprint rate
! footprint: rate what? It has: list, run, show, explain, change, judge, peers, opportunity, value
? 2
$ footprint rate wibble
! footprint: there is no command "rate wibble"; rate has: list, run, show, explain, change, judge, peers, opportunity, value
? 2
$ footprint footprint --help
  footprint list           the footprints of a tier on a day, with their people
  footprint show           one footprint: people, and what it crosses into
  footprint compare        what opened, closed, merged, split and moved between two days

footprint footprint VERB --help shows an example.
$ footprint version extra
! footprint: version takes no arguments, and 1 was given
! Try: footprint version --help
? 2
$ footprint version -- --help
! footprint: version takes no arguments, and 1 was given
! Try: footprint version --help
? 2
$ footprint completion
! footprint: completion takes the arguments SHELL, and 0 were given
! Try: footprint completion --help
? 2
$ footprint completion bash zsh
! footprint: completion takes the arguments SHELL, and 2 were given
! Try: footprint completion --help
? 2
$ footprint completion tcsh
! footprint: completion is made for bash, zsh and fish, not "tcsh"
! Try: footprint completion --help
? 2
$ footprint version --nosuch
! footprint: version has no option --nosuch
! Try: footprint version --help
? 2
$ footprint version --nosuch=3
! footprint: version has no option --nosuch=3
! Try: footprint version --help
? 2
$ footprint version -x
! footprint: version has no option -x
! Try: footprint version --help
? 2
$ footprint version -qh
! footprint: version has no option -qh
! Try: footprint version --help
? 2
$ footprint version --format csv
! footprint: version has no option --format
! Try: footprint version --help
? 2
$ footprint version --quiet=yes
! footprint: --quiet takes no value
! Try: footprint version --help
? 2
$ footprint version --quiet -q
! footprint: --quiet is given twice
! Try: footprint version --help
? 2
$ footprint version --color
! footprint: --color needs a WHEN
! Try: footprint version --help
? 2
$ footprint version --color=sometimes
! footprint: --color is auto, always or never, not "sometimes"
! Try: footprint version --help
? 2

# Colour only when it is wanted.
$ footprint completion tcsh --color=always 2>&1 | grep -c "$(printf '\033')"
1
$ footprint completion tcsh --color=never 2>&1 | grep -c "$(printf '\033')"
0
? 1
$ footprint completion tcsh --color=auto 2>&1 | grep -c "$(printf '\033')"
0
? 1
# Options may stand anywhere, and a bare hyphen is an argument.
$ footprint completion --quiet fish | head -1
complete -c footprint ...
$ footprint completion -
! footprint: completion is made for bash, zsh and fish, not "-"
! Try: footprint completion --help
? 2
# Whoever reads may stop reading: that is no error, and nothing is said of it.
$ bash -c 'footprint manual | head -1; echo ${PIPESTATUS[1]}'
.TH FOOTPRINT ...
0
$ bash -c '{ sleep 0.2; footprint version; } | true; echo ${PIPESTATUS[0]}'
141
$ bash -c '{ sleep 0.2; footprint manual; } | true; echo ${PIPESTATUS[0]}'
141
$ bash -c '{ sleep 0.2; footprint --help; } | true; echo ${PIPESTATUS[0]}'
141
# A call that is wrong is told as ever, also where nobody reads.
$ bash -c '{ sleep 0.2; footprint verzion; } | true; echo ${PIPESTATUS[0]}'
2
! footprint: there is no command "verzion"; footprint --help lists them
# Nor does a filter read on for nobody.
$ bash -c '(echo x,n; yes 1,2) | footprint stat proportion | head -2; echo ${PIPESTATUS[1]}'
x,n,...
1,2,1,2,0.5,...
141
# A disk that is full is one.
$ footprint manual > /dev/full
! footprint: standard output: cannot write it: No space left on device
? 5
