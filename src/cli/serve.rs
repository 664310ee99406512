//! `brief serve`: shows the site on this machine, and every edit as soon as it is saved. In: arguments, the clock. Out: lines for
//! the terminal about what happens. It ends with the program: a store that is killed is a store that was not told the last edit.

use std::{
    io::{self, Write as _},
    net::IpAddr,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Exit,
    args::{Args, Format, Serve},
    complain, during, is_coloured, print,
    progress::Meter,
    report, site,
};
use crate::{
    diag::{Diagnostic, Severity},
    link::Shows,
    pipeline::{Options, live::Change},
    serve::{self, Ask, Desk, Notice, Refused, Told},
};

/// Paths of a burst that are named.
const MOST_NAMED: usize = 3;

pub(super) fn run(args: &Args, asked: &Serve) -> Exit {
    let meter = Meter::start();
    let Some(site) = site(args) else { return Exit::CouldNotRun };
    let options = Options {
        allow_shrink: true,
        shows: Shows { drafts: asked.drafts, future: asked.future },
        ..Options::new(PathBuf::from("public"), super::now(asked.now))
    };
    let watch = match asked.poll {
        Some(every) => Some(Notice::Poll(every)),
        None => (asked.watch || asked.follow).then_some(Notice::Events),
    };
    let ask = Ask {
        bind: asked.bind.clone(),
        port: asked.port,
        strict_port: asked.strict_port,
        watch,
        follow: asked.follow,
    };
    let desk = Arc::new(Terminal {
        args: args.clone(),
        asked: asked.clone(),
        started: Instant::now(),
        told: Mutex::default(),
    });
    if let Some(bound) = asked.bind.parse::<IpAddr>().ok().filter(|it| !it.is_loopback()) {
        eprintln!(
            "whoever can reach {bound} can read this site, drafts included if they are shown"
        );
    }
    let work = || serve::run(&site, options, &ask, desk, &meter);
    match during(args, Format::Plain, &meter, work) {
        Ok(()) => Exit::Fine,
        Err(Refused::Listen(why)) => {
            complain(args, &why);
            Exit::CouldNotRun
        }
        Err(Refused::Disk(error)) => {
            complain(args, &error.to_string());
            Exit::CouldNotRun
        }
        Err(Refused::Faults(faults)) => {
            print(args, Format::Plain, &faults);
            Exit::Findings
        }
    }
}

/// Reads a length of time, such as `500ms` or `2s`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = "write a length of time, such as 500ms or 2s";
    let duration: SignedDuration = text.parse().map_err(|_| wrong.to_owned())?;
    let duration = Duration::try_from(duration).map_err(|_| wrong.to_owned())?;
    let range = Duration::from_millis(10)..=Duration::from_secs(3600);
    if range.contains(&duration) { Ok(duration) } else { Err("write 10ms to 1h".to_owned()) }
}

/// The terminal, and the clock.
struct Terminal {
    args: Args,
    asked: Serve,
    started: Instant,
    /// Findings that stand on the terminal and still hold.
    told: Mutex<Vec<Diagnostic>>,
}

impl Desk for Terminal {
    fn now(&self) -> Timestamp {
        super::now(self.asked.now)
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn tell(&self, told: Told) {
        match told {
            Told::Findings(findings) => self.findings(findings),
            Told::PortBusy { asked, taken } => {
                eprintln!(
                    "port {asked} is busy; listening at {taken} (--strict-port fails instead)"
                );
            }
            Told::Polling { why, every } => {
                let warning = report::Style::new(is_coloured(&self.args)).warning("warning:");
                eprintln!("{warning} {why}; folders are looked at every {every:?} instead");
            }
            Told::NotStored(why) => complain(&self.args, &why),
            Told::Ready { url, n_articles } => self.ready(&url, n_articles),
            Told::Taken { paths, time, change, page } => {
                if !self.args.quiet {
                    self.say(&taken(&paths, time, &change, page.as_deref()));
                }
            }
        }
    }
}

impl Terminal {
    fn ready(&self, url: &str, n_articles: usize) {
        let watch = &self.asked;
        let watched = match (watch.poll, watch.watch || watch.follow) {
            (Some(every), _) => format!("; folders are looked at every {every:?}"),
            (None, true) => "; every edit is shown when it is saved".to_owned(),
            (None, false) => String::new(),
        };
        let seconds = self.started.elapsed().as_secs_f64();
        self.say(&format!("{n_articles} articles at {url} after {seconds:.2} s{watched}"));
        if !self.args.quiet {
            self.say("Ctrl-C ends it");
        }
        if self.asked.open
            && let Err(error) = open(url)
        {
            complain(&self.args, &format!("cannot open a browser: {error}"));
        }
    }

    /// What is new among the findings; and that nothing is at fault any more.
    fn findings(&self, findings: Vec<Diagnostic>) {
        // Replaced as a whole, so a panic elsewhere cannot have left half of it.
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |it: &&Diagnostic| !told.contains(*it);
        let new: Vec<Diagnostic> = findings.iter().filter(is_new).cloned().collect();
        print(&self.args, Format::Plain, &new);
        let n_errors =
            |all: &[Diagnostic]| all.iter().filter(|it| it.severity == Severity::Error).count();
        if n_errors(&told) > 0 && n_errors(&findings) == 0 {
            self.say("no fault is left");
        }
        *told = findings;
    }

    /// A line on standard output, which whoever started the program may be reading.
    fn say(&self, line: &str) {
        let mut out = io::stdout().lock();
        // A terminal that has gone keeps nobody from looking at the site.
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }
}

/// `content/articles/a.md → /2023/09/12/a.html (63 ms)`
fn taken(paths: &[String], time: Duration, change: &Change, page: Option<&str>) -> String {
    let named = paths.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = paths.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let seen = match (change, page) {
        (Change::Styles(_), _) => " → style sheets".to_owned(),
        (_, Some(page)) => format!(" → {page}"),
        _ => String::new(),
    };
    let what = if paths.is_empty() { "what was due" } else { &named };
    format!("{what}{more}{seen} ({} ms)", time.as_millis())
}

/// Opens a page in the browser that the system has for it.
fn open(url: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).spawn().map(|_| ())
}
