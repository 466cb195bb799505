using Breitband.Service;

// The verbs in the order of work: files in, figures, answers, files out. One verb, one file in Verbs/.
return CommandLine.Run(args, Console.OpenStandardOutput(), Console.OpenStandardError(), progress: !Console.IsErrorRedirected);
