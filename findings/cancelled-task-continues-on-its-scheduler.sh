#!/usr/bin/env bash
# .NET 10.0.12: what awaits a task of a TaskScheduler of one's own, on no scheduler itself, is expected to go on the thread pool: after a task
# that ran it does. After one that its CancellationToken cancelled before it ran, it goes on the scheduler's own thread, inside the
# scheduler's TryExecuteTask. A thread that its scheduler's end joins may so come to wait for itself. A task without a token, which looks
# at the token when it runs, goes on the thread pool.
# Needs the .NET 10 SDK. Exits 1 when this changes.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >app.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Collections.Concurrent;

Console.WriteLine($".NET {Environment.Version}");
Console.WriteLine($"ran: {await FollowAsync(cancel: false, token: true)}");
Console.WriteLine($"cancelled by its token: {await FollowAsync(cancel: true, token: true)}");
Console.WriteLine($"cancelled by looking: {await FollowAsync(cancel: true, token: false)}");

static async Task<string> FollowAsync(bool cancel, bool token)
{
    var scheduler = new OneThread();
    using var entered = new ManualResetEventSlim();
    using var leave = new ManualResetEventSlim();
    using var stop = new CancellationTokenSource();
    var first = Task.Factory.StartNew(() => { entered.Set(); leave.Wait(); }, CancellationToken.None, TaskCreationOptions.None, scheduler);
    entered.Wait();
    var second = Task.Factory.StartNew(stop.Token.ThrowIfCancellationRequested, token ? stop.Token : CancellationToken.None, TaskCreationOptions.None, scheduler);
    var followed = NameAfterAsync(second);
    if (cancel)
        stop.Cancel();
    leave.Set();
    await first;
    return await followed;
}

static async Task<string> NameAfterAsync(Task task)
{
    try
    {
        await task;
    }
    catch (OperationCanceledException)
    {
    }

    return Thread.CurrentThread.IsThreadPoolThread ? "thread pool" : $"thread {Thread.CurrentThread.Name}";
}

sealed class OneThread : TaskScheduler
{
    private readonly BlockingCollection<Task> _tasks = [];

    public OneThread() => new Thread(() => { foreach (var task in _tasks.GetConsumingEnumerable()) TryExecuteTask(task); }) { IsBackground = true, Name = "own" }.Start();

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool wasQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
}
CS
dotnet run -v q | tee seen
grep -qx 'ran: thread pool' seen && grep -qx 'cancelled by its token: thread own' seen && grep -qx 'cancelled by looking: thread pool' seen
