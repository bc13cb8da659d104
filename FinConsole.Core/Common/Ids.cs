namespace FinConsole.Core.Common;

/// <summary>New ids: UUID version 7 (RFC 9562), which sort by the time they were made.</summary>
public static class Ids
{
    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
