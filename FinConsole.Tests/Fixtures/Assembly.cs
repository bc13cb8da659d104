using FinConsole.Tests.Fixtures;
using Xunit;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]
