# Which version this is, in both ways, and nothing on standard error.
$ footprint version
footprint 0.1.0
$ footprint --version
footprint 0.1.0
$ footprint version --quiet
footprint 0.1.0

# A reader that goes away is a failure of the environment.
$ footprint version > /dev/full
! footprint: standard output: cannot write it: No space left on device
? 5
