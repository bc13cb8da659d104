using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using Xunit;

namespace FinConsole.Tests.Audit;

/// <summary>A thousand damaged copies of one log, in memory: whatever was done to it, the walk says so.</summary>
public sealed class ChainWalkTests
{
    private const int Size = 40;
    private const int CopiesOfEachKind = 200;

    private readonly List<AuditEntry> _log = AuditSamples.Log(Size);
    private readonly Random _dice = new(20260302);

    [Fact]
    public void Finds_an_intact_log_intact() => Assert.Null(Walk(_log, AuditSamples.HeadOf(_log), CheckpointOf(_log, Size / 2)));

    [Fact]
    public void Finds_an_empty_log_intact() => Assert.Null(Walk([], AuditSamples.HeadOf([]), null));

    [Fact]
    public void Finds_every_edited_column() => Each(CopiesOfEachKind, number =>
    {
        var column = AuditSamples.Columns[number % AuditSamples.Columns.Count];
        var at = _dice.Next(Size);
        var copy = _log.ToList();
        copy[at] = AuditSamples.With(_log[at], column, AuditSamples.Another(column.GetValue(_log[at]), column, _dice));
        var fault = Walk(copy, AuditSamples.HeadOf(_log), null);
        Assert.Equal(at + 1, fault?.Sequence);
        return fault;
    });

    [Fact]
    public void Finds_an_edit_whose_links_were_made_anew_to_the_end() => Each(CopiesOfEachKind, _ =>
    {
        // Links need no key: somebody with the database alone can remake them, but not the tags.
        var at = _dice.Next(Size);
        var copy = _log.ToList();
        copy[at] = AuditSamples.With(_log[at], AuditSamples.Columns.Single(column => column.Name == "ActorName"), "somebody else");
        for (var i = at; i < Size; i++)
        {
            var relinked = AuditSamples.With(copy[i], AuditSamples.Columns.Single(column => column.Name == "Link"), AuditChain.LinkOf(i == 0 ? AuditChain.Origin : copy[i - 1].Link, copy[i]));
            copy[i] = relinked;
        }

        return Walk(copy, AuditSamples.HeadOf(_log), null);
    });

    [Fact]
    public void Finds_a_deleted_entry() => Each(CopiesOfEachKind, _ =>
    {
        var at = _dice.Next(Size);
        var fault = Walk([.. _log.Where((_, index) => index != at)], AuditSamples.HeadOf(_log), null);
        Assert.Equal(at == Size - 1 ? AuditFaultKind.TailCut : AuditFaultKind.Missing, fault?.Kind);
        return fault;
    });

    [Fact]
    public void Finds_two_entries_that_changed_places() => Each(CopiesOfEachKind, _ =>
    {
        var (one, other) = (_dice.Next(Size), _dice.Next(Size - 1));
        other += other >= one ? 1 : 0;
        var copy = _log.ToList();
        copy[one] = Numbered(_log[other], one + 1);
        copy[other] = Numbered(_log[one], other + 1);
        return Walk(copy, AuditSamples.HeadOf(_log), null);
    });

    [Fact]
    public void Finds_an_entry_that_was_slipped_in() => Each(CopiesOfEachKind, _ =>
    {
        var at = _dice.Next(Size);
        var copy = _log.ToList();
        copy.Insert(at, AuditSamples.Entry(at + 1, at == 0 ? AuditChain.Origin : _log[at - 1].Link));
        return Walk([.. copy.Select((entry, index) => Numbered(entry, index + 1))], AuditSamples.HeadOf(_log), null);
    });

    [Fact]
    public void Finds_a_tail_that_was_cut_off() => Each(Size, kept => Walk(_log[..kept], AuditSamples.HeadOf(_log), null));

    [Fact]
    public void Finds_a_tail_that_was_cut_off_with_a_head_made_for_the_rest_without_the_key() => Each(Size, kept =>
    {
        var head = AuditSamples.HeadOf(_log);
        (head.Size, head.Link) = (kept, kept == 0 ? AuditChain.Origin : _log[kept - 1].Link);
        return Walk(_log[..kept], head, null);
    });

    [Fact]
    public void Finds_a_log_that_was_set_back_to_an_earlier_state_by_the_checkpoint() => Each(Size, kept =>
    {
        // An old copy of entries and head is perfect in itself; only what was kept elsewhere tells.
        var old = _log[..kept];
        Assert.Null(Walk(old, AuditSamples.HeadOf(old), null));
        var fault = Walk(old, AuditSamples.HeadOf(old), CheckpointOf(_log, Size));
        Assert.Equal(new AuditFault(Size, AuditFaultKind.TailCut), fault);
        return fault;
    });

    [Fact]
    public void Finds_a_past_that_was_rewritten_with_the_key_by_the_checkpoint() => Each(Size - 1, at =>
    {
        var copy = _log[..at];
        for (var i = at; i < Size; i++)
            copy.Add(Rewritten(i + 1, i == 0 ? AuditChain.Origin : copy[i - 1].Link));
        Assert.Null(Walk(copy, AuditSamples.HeadOf(copy), null));
        return Walk(copy, AuditSamples.HeadOf(copy), CheckpointOf(_log, Size));
    });

    [Fact]
    public void Finds_a_missing_head() => Assert.Equal(AuditFaultKind.HeadForged, Walk(_log, null, null)?.Kind);

    private static AuditEntry Rewritten(long sequence, byte[] previous)
    {
        var entry = AuditSamples.With(AuditSamples.Entry(sequence, previous), AuditSamples.Columns.Single(column => column.Name == "ResourceName"), "Rewritten");
        var link = AuditChain.LinkOf(previous, entry);
        entry = AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "Link"), link);
        return AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "Tag"), AuditSamples.Chain.TagOf(link));
    }

    private static AuditEntry Numbered(AuditEntry entry, long sequence) => AuditSamples.With(entry, AuditSamples.Columns.Single(column => column.Name == "Sequence"), sequence);

    private static void Each(int copies, Func<int, AuditFault?> damage)
    {
        for (var number = 0; number < copies; number++)
            Assert.NotNull(damage(number));
    }

    private static AuditFault? Walk(IReadOnlyList<AuditEntry> log, AuditHead? head, AuditCheckpoint? checkpoint)
    {
        var walk = new ChainWalk(AuditSamples.Chain, checkpoint);
        return log.Select(walk.Step).FirstOrDefault(fault => fault is not null) ?? walk.Finish(head);
    }

    // The walk trusts the checkpoint's signature to have been checked.
    private static AuditCheckpoint CheckpointOf(List<AuditEntry> log, int size)
    {
        return new AuditCheckpoint(AuditSamples.Tenant, size, Convert.ToHexStringLower(log[size - 1].Link), log[size - 1].At, Guid.Empty, "", "");
    }
}
