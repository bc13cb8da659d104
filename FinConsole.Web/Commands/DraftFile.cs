namespace FinConsole.Web.Commands;

/// <summary>
/// A file that is opened before the work is done whose result it is to hold, beside its place: where it cannot be written nothing is done,
/// and what stood in its place stays until the new content is whole.
/// </summary>
internal sealed class DraftFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly StreamWriter _writer;

    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public DraftFile(string path)
    {
        // Moving the draft over a folder would fail only afterwards.
        if (Directory.Exists(path))
            throw new IOException(Core.Common.Texts.Format(CommandTexts.IsFolder, path));
        (_path, _draft) = (path, $"{path}.{Environment.ProcessId}");
        _writer = File.CreateText(_draft);
    }

    /// <summary>Writes the content and puts the file in its place.</summary>
    public async Task CompleteAsync(string content, CancellationToken cancellationToken)
    {
        await _writer.WriteAsync(content.AsMemory(), cancellationToken);
        await _writer.DisposeAsync();
        File.Move(_draft, _path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        File.Delete(_draft);
    }
}
