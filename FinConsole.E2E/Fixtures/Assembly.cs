using FinConsole.E2E.Fixtures;
using FinConsole.Tests.Fixtures;
using Xunit;

[assembly: AssemblyFixture(typeof(ConsoleServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
