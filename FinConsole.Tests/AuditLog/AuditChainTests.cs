using FinConsole.Core.AuditLog.Chain;
using FinConsole.Tests.Audit;
using Xunit;

namespace FinConsole.Tests.AuditLog;

/// <summary>The arithmetic of links and tags, pinned by values that a second implementation (Python's hashlib and hmac) gave.</summary>
public sealed class AuditChainTests
{
    [Fact]
    public void Links_and_tags_are_the_golden_values()
    {
        var log = AuditSamples.Log(3);

        Assert.Equal("e67930d96743b70fe3546e9bb6725f08957983b580a76ccd579ed98224c71abf", Convert.ToHexStringLower(log[0].Link));
        Assert.Equal("3cdb00bce112863771ee0f11f5c1f6565e557306737061f3a9278f721cf5f3cf", Convert.ToHexStringLower(log[2].Link));
        Assert.Equal("c9f7eb6e4ee6654d025b3ea7e7f241949d5de86934e10e232de0a18ff9521790", Convert.ToHexStringLower(log[2].Tag));
        Assert.Equal("8d1f23941202bc5c80edfc9de718a1075be1bde4777bd25526dbb87feaf015fb", Convert.ToHexStringLower(AuditSamples.HeadOf(log).Tag));
        Assert.Equal("25cfdbf7a319da8675dca55161f4817cb6107ca3e2aa45e72980323df835a272", Convert.ToHexStringLower(AuditSamples.Chain.TagOfHead(AuditSamples.Tenant, 3, log[2].Link, epoch: 7)));
    }

    [Fact]
    public void The_link_depends_on_every_column_but_itself_and_its_tag()
    {
        var entry = AuditSamples.Entry(1, AuditChain.Origin);
        var dice = new Random(1);

        foreach (var column in AuditSamples.Columns.Where(column => column.Name is not ("Link" or "Tag")))
        {
            var other = AuditSamples.With(entry, column, AuditSamples.Another(column.GetValue(entry), column, dice));
            Assert.False(entry.Link.SequenceEqual(AuditChain.LinkOf(AuditChain.Origin, other)), column.Name);
        }
    }

    [Fact]
    public void Moving_text_from_one_column_to_the_next_changes_the_link()
    {
        var entry = AuditSamples.Entry(1, AuditChain.Origin);
        var moved = AuditSamples.With(
            AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "UserAgent"), entry.CorrelationId),
            AuditSamples.Columns.Single(column => column.Name == "CorrelationId"),
            "");

        Assert.NotEqual(entry.Link, AuditChain.LinkOf(AuditChain.Origin, moved));
    }

    [Fact]
    public void An_absent_text_an_empty_one_and_an_empty_id_all_differ()
    {
        var entry = AuditSamples.Entry(15, AuditChain.Origin);
        Assert.True(entry is { Ip: null, ResourceId: null });

        var emptyText = AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "Ip"), "");
        var emptyId = AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "ResourceId"), Guid.Empty);

        Assert.NotEqual(entry.Link, AuditChain.LinkOf(AuditChain.Origin, emptyText));
        Assert.NotEqual(entry.Link, AuditChain.LinkOf(AuditChain.Origin, emptyId));
    }
}
