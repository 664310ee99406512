//! Arguments as data: what was typed. What they mean is in the file of each command.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::model::shard::Shard;

/// A static site generator for news briefings that write Arabic and other right-to-left languages first.
#[derive(Debug, Parser)]
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
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begin a site in a new folder: settings and a sample briefing
    Init(Init),
    /// Make a content file, its front matter filled in
    New(New),
    /// Publish the site
    Build(Build),
    /// Say what an output depends on, and whether the next build would make it again
    Explain(Explain),
    /// Say which articles and pages are not in every language of the site, and which names
    Translations(Translations),
}

/// `brief init`
#[derive(Debug, clap::Args)]
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
#[derive(Debug, clap::Args)]
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
#[derive(Debug, clap::Args)]
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
    /// Say how long each phase took, and what it worked on
    #[arg(long)]
    pub(crate) timings: bool,
    /// How findings and the report are printed
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    pub(crate) format: Format,
}

/// `brief explain`
#[derive(Debug, clap::Args)]
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
#[derive(Debug, clap::Args)]
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
