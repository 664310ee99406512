//! The command line: arguments as data, one file for each command, findings → terminal. In: arguments, environment,
//! clock; nothing else in the crate looks at these. Out: an exit code: 0 fine, 1 findings or a failed build, 2 could
//! not run. [`main`] is the entry.

mod args;
mod build;
mod changed;
mod explain;
mod init;
mod new;
mod progress;
mod report;
mod review;
mod serve;
mod summary;
mod translations;

use std::{
    io::{self, IsTerminal as _},
    path::Path,
    process::ExitCode,
};

use clap::Parser as _;
use jiff::Timestamp;

use self::{
    args::{Args, Command, Format},
    progress::{Meter, bar},
};
use crate::{diag::Diagnostic, disk::Site};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report.
    Fine,
    /// Errors in the site.
    Findings,
    /// Bad arguments, no site, or a disk that refuses.
    CouldNotRun,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::CouldNotRun => 2,
        })
    }
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    run(&args).into()
}

fn run(args: &Args) -> Exit {
    match &args.command {
        Command::Build(build) => build::run(args, build),
        Command::Init(init) => init::run(args, init),
        Command::New(new) => new::run(args, new),
        Command::Explain(asked) => explain::run(args, asked),
        Command::Serve(asked) => serve::run(args, asked),
        Command::Translations(asked) => translations::run(args, asked),
    }
}

/// The site that a command works on; says what to do when there is none.
fn site(args: &Args) -> Option<Site> {
    let start = args.root.as_deref().unwrap_or(Path::new("."));
    let site = Site::find(start);
    if site.is_none() {
        let shown = start.display();
        complain(args, &format!("there is no `brief.yaml` in `{shown}` or in a folder above it"));
        eprintln!(
            "  hint: run `brief init DIR` to begin a site, or give its folder with --root DIR"
        );
    }
    site
}

/// One line about what kept a command from running.
fn complain(args: &Args, message: &str) {
    eprintln!("{} {message}", report::Style::new(is_coloured(args)).error("error:"));
}

/// Colours only on a terminal, and not where `NO_COLOR` is set (no-color.org).
fn is_coloured(_args: &Args) -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !forbidden
}

/// Does the work, with a line that says how far it is: only where someone looks on, and the terminal can clear a line.
fn during<T>(args: &Args, format: Format, meter: &Meter, work: impl FnOnce() -> T) -> T {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    if !args.quiet && format == Format::Plain && !is_dumb && io::stderr().is_terminal() {
        bar::during(meter, work)
    } else {
        work()
    }
}

/// "Now": as given, else the clock, read once.
fn now(given: Option<Timestamp>) -> Timestamp {
    given.unwrap_or_else(Timestamp::now)
}

/// Prints findings to standard error.
fn print(args: &Args, format: Format, diagnostics: &[Diagnostic]) {
    let shown = diagnostics.iter().filter(|it| !args.quiet || it.is_error());
    let style = report::Style::new(is_coloured(args));
    for diagnostic in shown {
        match format {
            Format::Plain => eprintln!("{}", report::plain(diagnostic, style)),
            Format::Json => eprintln!("{}", report::json(diagnostic)),
        }
    }
}
