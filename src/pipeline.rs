//! START HERE: a build from folders to folders.
//!
//! ```text
//! load → parse → link → plan → render → write
//! ```
//!
//! In: a site, an output folder, "now". Out: an [`Outcome`]: what was published, what is withheld, what an editor
//! should look at. [`build`] calls the verbs in order; each hands the next a type of [`crate::model`].
//!
//! What runs in parallel: reading and parsing articles, one by one, each body dropped once its names are found; then
//! rendering and writing outputs, stage by stage. Between the two, linking and planning see summaries only.

mod assets;
mod sources;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::{
    diag::{self, Diagnostic},
    disk::{DiskError, Site, output::OutputFolder},
    link::{self, Linked, Withheld},
    load,
    model::{Digest, config::Config, manifest::Manifest, newsroom::Newsroom},
    plan::{self, Basis},
    render::{self, Renderer, Sources, theme::Theme},
    text::locale::Locale,
    write::{self, Publisher, Report},
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
}

impl Outcome {
    /// Whether the site was published.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.report.is_some()
    }
}

/// Builds a site.
///
/// # Errors
/// When the disk refuses. Faults of content and templates are in the outcome.
pub fn build(site: &Site, options: &Options) -> Result<Outcome, DiskError> {
    let folder = OutputFolder::open(site, &options.output)?;
    let _lock = site.lock()?;
    let (files, mut diagnostics) = load::sources(site)?;
    let parsed = sources::parse_all(site, &files, options, &mut diagnostics);
    let (Some(material), Some(theme)) = parsed else {
        return Ok(Outcome { diagnostics: diag::sorted(diagnostics), ..Outcome::default() });
    };
    let Linked { mut newsroom, withheld, diagnostics: found } = link::newsroom(material);
    diagnostics.extend(found);
    newsroom.media = assets::media(site, &newsroom, &mut diagnostics);
    newsroom.statics = assets::statics(site, &files, newsroom.config.assets, &mut diagnostics);
    let mut outcome = Outcome { withheld, articles: newsroom.articles.len(), ..Outcome::default() };
    outcome.report = publish(site, &folder, options, (&newsroom, &theme), &mut diagnostics);
    outcome.diagnostics = diag::sorted(diagnostics);
    Ok(outcome)
}

/// Plans and publishes; nothing is written while there is an error.
fn publish(
    site: &Site,
    folder: &OutputFolder,
    options: &Options,
    (newsroom, theme): (&Newsroom, &Theme),
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Report> {
    let basis = Basis { shared: shared(newsroom, theme), templates: theme.digests.clone() };
    let plan = match plan::plan(newsroom, options.now, &basis) {
        Ok(plan) => plan,
        Err(clashes) => {
            diagnostics.extend(clashes);
            return None;
        }
    };
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let locale = locale(&newsroom.config);
    let body = |source: &str| sources::body_of(site, source);
    let bytes = |path: &str| site.read(path).map_err(|error| render::unreadable(path, &error));
    let renderer = Renderer::new(newsroom, theme, &locale, Sources { body: &body, bytes: &bytes });
    let list = list_name(&site.root().join(&options.output));
    let stored = site.read_state(&list).and_then(|text| Manifest::read(&text));
    // Without a list of what things were made of, the output folder still knows what is brief's.
    let mut previous = stored.unwrap_or_else(|| Manifest::of_names(folder.listed()));
    if options.cold {
        previous.forget();
    }
    let publisher = Publisher {
        folder,
        previous: &previous,
        render: &|output, out| renderer.render(output, out),
        store: &|manifest| site.write_state(&list, &manifest.to_string()),
        allow_shrink: options.allow_shrink,
    };
    match write::publish(&publisher, &plan) {
        Ok(report) => Some(report),
        Err(stopped) => {
            diagnostics.extend(stopped.diagnostics());
            None
        }
    }
}

/// What the pages of a site have in common: brief itself, the settings, the UI texts, what every header and
/// footer names, and where static files stand.
fn shared(newsroom: &Newsroom, theme: &Theme) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes()).update(env!("BRIEF_SOURCES").as_bytes());
    hasher.update(&newsroom.config.digest.0).update(&theme.ui.digest().0);
    for page in &newsroom.pages {
        hasher.update(page.path.as_bytes()).update(&[0]).update(page.title.as_bytes()).update(&[0]);
    }
    // A header that is not set names topics.
    if newsroom.config.nav.is_empty() {
        newsroom.topics.iter().for_each(|topic| _ = hasher.update(&topic.digest.0));
    }
    for (path, file) in &newsroom.statics {
        let size = format!("{path} {} {:?}\n", file.route, file.size);
        hasher.update(size.as_bytes());
    }
    Digest::finish(&hasher)
}

fn locale(config: &Config) -> Locale {
    Locale::new(&config.language, config.numerals, config.months, config.second_calendar)
}

/// Each output folder has a list of its own, however its path was typed.
fn list_name(output: &Path) -> String {
    let plain: PathBuf = output.components().collect();
    let name = Digest::of(plain.to_string_lossy().as_bytes()).to_string();
    format!("outputs-{}", &name[..8])
}
