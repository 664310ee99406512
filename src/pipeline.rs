//! START HERE: a build from folders to folders.
//!
//! ```text
//! load → parse → link → plan → render → write
//! ```
//!
//! In: a site, an output folder, "now". Out: an [`Outcome`]: what was published, what is withheld, what an editor
//! should look at. [`build`] calls the verbs in order; each hands the next a type of [`crate::model`] or the archive.
//!
//! One way leads through a build, however much there is to do ([`Scope`]): what `load` found changed is parsed, filed and
//! shelved in the archive; then the outputs that may have changed are planned, and made if they did. A first build is one in
//! which everything is new.
//!
//! What runs in parallel: looking at folders; reading and parsing articles, each body dropped once its names are found, while
//! what is known of the ones before is stored; following links; planning, rendering and writing, output by output.

mod assets;
mod basis;
mod fill;
pub mod live;
pub mod outlook;
mod publish;
mod review;
mod scope;
mod sources;
mod state;

use std::path::PathBuf;

use jiff::Timestamp;

pub use self::scope::Scope;
use self::{publish::Ground, scope::Errand, state::State};
use crate::{
    archive::Newsroom,
    diag::{self, Diagnostic},
    disk::{DiskError, Site, output::OutputFolder},
    link::{Shows, Sight, Withheld, review::Review},
    model::shard::Shard,
    progress::Watch,
    write::Report,
};

/// What a build is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The output folder, absolute or relative to the site's root.
    pub output: PathBuf,
    /// Decides what is published and what the news sitemap holds; nothing else.
    pub now: Timestamp,
    /// Whether unknown topics, entities and stories are errors.
    pub strict: bool,
    /// Whether more than a third of the pages may go.
    pub allow_shrink: bool,
    /// Whether to forget what the last build published, and make every output again.
    pub cold: bool,
    /// What changed since the last build, as paths from the root with `/`; `None` to look at every folder.
    pub changed: Option<Vec<String>>,
    /// Which part of the outputs to publish; `None` for all.
    pub shard: Option<Shard>,
    /// What is shown besides what is public; nothing where a site is published.
    pub shows: Shows,
    /// Whether to read every article for what an editor should know of the names in it.
    pub explain_mentions: bool,
}

impl Options {
    /// Of a build that is asked for nothing but the site.
    #[must_use]
    pub fn new(output: PathBuf, now: Timestamp) -> Self {
        Self {
            output,
            now,
            strict: false,
            allow_shrink: false,
            cold: false,
            changed: None,
            shard: None,
            shows: Shows::default(),
            explain_mentions: false,
        }
    }
}

/// How a build ended.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was published; `None` when nothing was.
    pub report: Option<Report>,
    /// Content that is not published now.
    pub withheld: Vec<Withheld>,
    /// Findings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Published articles.
    pub articles: usize,
    /// What an editor should know of the names in all articles, if that was asked for.
    pub mentions: Option<Review>,
    /// How many of them are in each language, by tag; empty on a site of one language.
    pub languages: Vec<(String, usize)>,
}

impl Outcome {
    /// Whether the site was published.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.report.is_some()
    }

    fn stopped(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics: diag::sorted(diagnostics), ..Self::default() }
    }
}

/// What the steps of one build share.
struct Build<'a> {
    site: &'a Site,
    options: &'a Options,
    watch: &'a dyn Watch,
    folder: &'a OutputFolder,
    /// When the build began, by the clock of the file system: nanoseconds since 1970.
    looked: i64,
    /// Whether articles at fault are left out, for who looks at a site while it is written. A build stops instead.
    leaves_out: bool,
    /// What the last look in this process knew; it need not be read again.
    known: Option<&'a sources::Shared>,
}

impl Build<'_> {
    /// When, and what is shown.
    fn sight(&self) -> Sight {
        Sight { now: self.options.now, shows: self.options.shows }
    }
}

/// Builds a site.
///
/// # Errors
/// When the disk refuses. Faults of content and templates are in the outcome.
pub fn build(site: &Site, options: &Options, watch: &dyn Watch) -> Result<Outcome, DiskError> {
    let folder = OutputFolder::open(site, &options.output)?;
    let lock = site.lock()?;
    let looked = lock.taken;
    let build =
        Build { site, options, watch, folder: &folder, looked, leaves_out: false, known: None };
    let state = State::open(&build)?;
    let publish = |site: &sources::Site, newsroom: &Newsroom, ground: &Ground<'_>| {
        publish::publish(&build, site, newsroom, ground)
    };
    let errand = Errand { keeps: true, run: &publish };
    let outcome = scope::run(&build, state, &errand);
    watch.end();
    Ok(outcome?.unwrap_or_else(Outcome::stopped))
}
