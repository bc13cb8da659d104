using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FinConsole.Core.Data;

/// <summary>Times are kept as UTC ticks (100 ns since 0001-01-01), a bigint.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
