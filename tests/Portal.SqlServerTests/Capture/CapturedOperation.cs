namespace Portal.SqlServerTests.Capture;

/// <summary>Something the library does that reaches the database, run with the library's own services.</summary>
/// <param name="Name">Type and method, as a failure should name it.</param>
/// <param name="Run">What is done; given a scope's services.</param>
/// <param name="MustFinish">
/// Whether it must reach its end under one kind of answer at least. False for what is called with made-up arguments:
/// there only a query that cannot be translated is a failure.
/// </param>
internal sealed record CapturedOperation(string Name, Func<IServiceProvider, CancellationToken, Task> Run, bool MustFinish = true);
