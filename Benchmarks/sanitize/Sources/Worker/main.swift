// The worker alone, under the command's name: the tests look for it beside themselves.
import CodiraPluginHost
import Glibc

AnalyzerWorker.runIfRequested()
exit(2)
