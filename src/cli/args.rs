//! Arguments as data: what was typed. What they mean is in the file of each command.

use std::{path::PathBuf, time::Duration};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::model::shard::Shard;

/// A static site generator for news briefings that write Arabic and other right-to-left languages first.
#[derive(Debug, Clone, Parser)]
#[command(name = "brief", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// The site's folder, or a folder in it [default: the current folder]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: every file written, everything withheld, all that a page depends on
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// Begin a site in a new folder: settings and a sample briefing
    Init(Init),
    /// Make a content file, its front matter filled in
    New(New),
    /// Publish the site
    Build(Build),
    /// Show the site on this machine, and every edit as soon as it is saved
    Serve(Serve),
    /// Say what an output depends on, and whether the next build would make it again
    Explain(Explain),
    /// Say which articles and pages are not in every language of the site, and which names
    Translations(Translations),
}

/// `brief init`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Init {
    /// The folder to make; it must be empty or not there
    pub(crate) dir: PathBuf,
    /// Language of the site (BCP 47)
    #[arg(long, default_value = "ar", value_name = "TAG")]
    pub(crate) language: String,
    /// Time zone of the newsroom (IANA), which decides what "today" is
    #[arg(long, default_value = "Asia/Riyadh", value_name = "ZONE")]
    pub(crate) timezone: String,
    /// The time to take for now (RFC 3339) [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
}

/// `brief new`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct New {
    /// What to make
    pub(crate) kind: NewKind,
    /// Its headline or name
    pub(crate) title: String,
    /// The file's name without extension [default: made from the title]
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// The kind of an entity
    #[arg(long, value_name = "KIND", default_value = "person")]
    pub(crate) kind_of: EntityKind,
    /// The time to take for now (RFC 3339) [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
}

/// What `brief new` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewKind {
    /// A dated article under content/articles/YYYY/MM/DD/
    Article,
    /// Who, what or where, under content/entities/
    Entity,
    /// A subject, under content/topics/
    Topic,
    /// A running story, under content/stories/
    Story,
}

/// The kinds of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntityKind {
    Person,
    Organization,
    Place,
    Event,
    Work,
}

/// `brief build`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Build {
    /// The folder to publish into, relative to the site
    #[arg(long, default_value = "public", value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The time to take for now (RFC 3339): decides what is published [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
    /// Treat topics, entities and stories without a file as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// What changed since the last build, so that it need not be looked for: files and folders of the site; `-` reads
    /// them from standard input, one on each line or with NUL after each
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "cold")]
    pub(crate) changed: Option<Vec<PathBuf>>,
    /// Publish the I-th of K parts of the site; all parts together are the whole
    #[arg(long, value_name = "I/K")]
    pub(crate) shard: Option<Shard>,
    /// Let the build remove more than a third of the published pages
    #[arg(long)]
    pub(crate) allow_shrink: bool,
    /// Make every output again, whatever the last build left
    #[arg(long)]
    pub(crate) cold: bool,
    /// How many threads to use [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    /// Say which spellings were not taken for names, and why, and which may be names that are not registered; reads every
    /// article
    #[arg(long)]
    pub(crate) explain_mentions: bool,
    /// Say how long each phase took, and what it worked on
    #[arg(long)]
    pub(crate) timings: bool,
    /// How findings and the report are printed
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    pub(crate) format: Format,
}

/// `brief serve`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Serve {
    /// Follow every source: show an edit as soon as it is saved, and reload the browser
    #[arg(long, short)]
    pub(crate) watch: bool,
    /// The address or name to listen at; others than this machine can look where it is not its own
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub(crate) bind: String,
    /// The port to listen at; 0 for any that is free
    #[arg(long, short, value_name = "PORT", default_value_t = 4000)]
    pub(crate) port: u16,
    /// Fail if the port is busy, instead of taking the next one that is free
    #[arg(long)]
    pub(crate) strict_port: bool,
    /// Open the site in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Show drafts, marked on the page
    #[arg(long)]
    pub(crate) drafts: bool,
    /// Show what is due later, marked on the page
    #[arg(long)]
    pub(crate) future: bool,
    /// Take the browser to the page of the file that was saved last; goes with --watch
    #[arg(long)]
    pub(crate) follow: bool,
    /// Look at the folders this often instead of being told by the system, which says nothing of network drives and of
    /// folders that a container shares; goes with --watch
    #[arg(long, value_name = "DURATION", value_parser = super::serve::duration)]
    pub(crate) poll: Option<Duration>,
    /// The time to take for now (RFC 3339): decides what is public [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
}

/// `brief explain`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Explain {
    /// What is asked for: `/2023/09/12/x.html`, its URL, or its file in the output folder
    pub(crate) route: String,
    /// The folder that is published into, relative to the site
    #[arg(long, default_value = "public", value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The time to take for now (RFC 3339): decides what is published [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
    /// The part of the site that the folder holds
    #[arg(long, value_name = "I/K")]
    pub(crate) shard: Option<Shard>,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    pub(crate) format: Format,
}

/// `brief translations`
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Translations {
    /// Only what is missing in this language
    #[arg(long, value_name = "TAG")]
    pub(crate) into: Option<String>,
    /// The folder that is published into, relative to the site
    #[arg(long, default_value = "public", value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The time to take for now (RFC 3339): decides what is published [default: the clock]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    pub(crate) format: Format,
}

/// How findings and reports are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Plain,
    /// One JSON object a line: findings on standard error, the report on standard output
    Json,
}
