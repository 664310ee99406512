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

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::{
    diag::{self, Diagnostic, Place},
    disk::{self, DiskError, Site, output::OutputFolder},
    link::{self, Linked, Material, Prepared, Withheld, mentions::MentionFinder},
    load,
    model::{
        Digest,
        config::{Assets, Config},
        manifest::Manifest,
        newsroom::{Media, Newsroom, StaticFile},
        route::{self, Route},
        source::{SourceFile, SourceKind},
    },
    parse,
    plan::{self, Basis},
    render::{
        self, Renderer, Sources,
        theme::{self, Theme},
    },
    text::{locale::Locale, normal::normal},
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
    let parsed = parse_all(site, &files, options, &mut diagnostics);
    let (Some(material), Some(theme)) = parsed else {
        return Ok(Outcome { diagnostics: diag::sorted(diagnostics), ..Outcome::default() });
    };
    let Linked { mut newsroom, withheld, diagnostics: found } = link::newsroom(material);
    diagnostics.extend(found);
    newsroom.media = media(site, &newsroom, &mut diagnostics);
    newsroom.statics = statics(site, &files, newsroom.config.assets, &mut diagnostics);
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
    let body = |source: &str| body_of(site, source);
    let bytes = |path: &str| site.read(path).map_err(|error| render::unreadable(path, &error));
    let renderer = Renderer::new(newsroom, theme, &locale, Sources { body: &body, bytes: &bytes });
    let list = list_name(&options.output);
    let stored = if options.cold { None } else { site.read_state(&list) };
    let publisher = Publisher {
        folder,
        previous: &stored.and_then(|text| Manifest::read(&text)).unwrap_or_default(),
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

/// Each output folder has a list of its own.
fn list_name(output: &Path) -> String {
    let name = Digest::of(output.to_string_lossy().as_bytes()).to_string();
    format!("outputs-{}", &name[..8])
}

/// Everything parsed: the settings and the theme, then what articles are about, then the articles.
fn parse_all(
    site: &Site,
    files: &[SourceFile],
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Material>, Option<Theme>) {
    let config = read_text(site, disk::SETTINGS, diagnostics).and_then(|text| {
        let (config, found) = parse::config(disk::SETTINGS, &text);
        diagnostics.extend(found);
        config
    });
    let Some(config) = config else { return (None, None) };
    let templates = own_templates(site, files, diagnostics);
    let (theme, found) = Theme::read(&templates, &config.language);
    diagnostics.extend(found);
    let reader = Reader { site, files, config: &config };
    let entities = reader.each(SourceKind::Entity, parse::entity, diagnostics);
    let articles = reader.articles(&entities, diagnostics);
    let material = Material {
        articles,
        topics: reader.each(SourceKind::Topic, parse::topic, diagnostics),
        stories: reader.each(SourceKind::Story, parse::story, diagnostics),
        editions: reader.each(SourceKind::Edition, parse::edition, diagnostics),
        pages: reader.each(SourceKind::Page, parse::page, diagnostics),
        files: reader.of(SourceKind::ContentAsset).map(|file| file.path.clone()).collect(),
        entities,
        now: options.now,
        strict: options.strict,
        config,
    };
    (Some(material), theme)
}

/// Reads and parses the files of one kind, in parallel and in order.
struct Reader<'a> {
    site: &'a Site,
    files: &'a [SourceFile],
    config: &'a Config,
}

impl<'a> Reader<'a> {
    fn of(&self, kind: SourceKind) -> impl Iterator<Item = &'a SourceFile> + use<'a> {
        self.files.iter().filter(move |file| file.kind == kind)
    }

    fn each<T: Send>(
        &self,
        kind: SourceKind,
        parse: impl Fn(&SourceFile, &str, &Config) -> parse::Parsed<T> + Sync,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<T> {
        let files: Vec<_> = self.of(kind).collect();
        let parsed: Vec<_> = files
            .par_iter()
            .map(|file| {
                let mut found = Vec::new();
                let text = read_text(self.site, &file.path, &mut found);
                let parsed = text.and_then(|text| {
                    let (parsed, more) = parse(file, &text, self.config);
                    found.extend(more);
                    parsed
                });
                (parsed, found)
            })
            .collect();
        let mut values = Vec::with_capacity(parsed.len());
        for (value, found) in parsed {
            diagnostics.extend(found);
            values.extend(value);
        }
        values
    }

    /// Articles with the names found in them; their bodies are dropped at once.
    fn articles(
        &self,
        entities: &[(crate::model::registry::Entity, crate::model::article::BodyScan)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Prepared> {
        let entities: Vec<_> = entities.iter().map(|(entity, _)| entity.clone()).collect();
        let finder = MentionFinder::new(&entities);
        let prepare = |file: &SourceFile, text: &str, config: &Config| {
            let (parsed, found) = parse::article(file, text, config);
            let prepared = parsed.map(|(article, scan)| Prepared {
                sightings: link::mentions::sightings(&finder, &article, &scan),
                summary: article.summary,
                links: scan.links,
            });
            (prepared, found)
        };
        self.each(SourceKind::Article, prepare, diagnostics)
    }
}

/// A text file; an error in `diagnostics` when it cannot be read or is not UTF-8.
fn read_text(site: &Site, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = match site.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, Place::FILE, "disk", error.to_string()));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(normal_text(path, text, diagnostics)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            let place = Place::of_offset(&before, valid, 1);
            let message = "the file is not UTF-8 from here on";
            diagnostics.push(
                Diagnostic::error(path, place, "encoding", message)
                    .hint("save it as UTF-8; Windows-1256 and UTF-16 are not read"),
            );
            None
        }
    }
}

/// The text as every step sees it: composed, and without control characters, of which the first is reported.
fn normal_text(path: &str, text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    let (normal, left_out) = normal(&text);
    if let Some(at) = left_out {
        let message = "the file holds control characters; they are left out";
        diagnostics.push(
            Diagnostic::warning(path, Place::of_offset(&text, at, 1), "control-character", message)
                .hint("delete what stands between the two letters here; it cannot be seen"),
        );
    }
    match normal {
        Cow::Owned(normal) => normal,
        Cow::Borrowed(_) => text,
    }
}

/// The Markdown of a source, read again when its page is made.
fn body_of(site: &Site, source: &str) -> String {
    let text = site.read(source).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or_else(String::new, |text| parse::cut(&normal(&text).0).body.to_owned())
}

fn own_templates(
    site: &Site,
    files: &[SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let own = files.iter().filter(|file| file.kind == SourceKind::Template);
    own.filter_map(|file| {
        let text = read_text(site, &file.path, diagnostics)?;
        Some((file.path.strip_prefix("templates/")?.to_owned(), text))
    })
    .collect()
}

/// Looks at every file that published content refers to.
fn media(
    site: &Site,
    newsroom: &Newsroom,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Media> {
    let mut media = BTreeMap::new();
    for (path, referred) in &newsroom.media {
        match site.read(path) {
            Ok(bytes) => {
                let looked_at = Media {
                    route: referred.route.clone(),
                    size: image_size(&bytes),
                    digest: Digest::of(&bytes),
                };
                media.insert(path.clone(), looked_at);
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(path, Place::FILE, "disk", error.to_string()));
            }
        }
    }
    media
}

/// The theme's static files with the site's own over them.
fn statics(
    site: &Site,
    files: &[SourceFile],
    assets: Assets,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, StaticFile> {
    let mut statics = BTreeMap::new();
    for (path, bytes) in theme::built_in_static() {
        statics.insert((*path).to_owned(), static_file(path, None, bytes, assets));
    }
    for file in files.iter().filter(|file| file.kind == SourceKind::Static) {
        let path = file.path.strip_prefix("static/").unwrap_or(&file.path);
        match site.read(&file.path) {
            Ok(bytes) => {
                let source = Some(file.path.clone());
                statics.insert(path.to_owned(), static_file(path, source, &bytes, assets));
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(
                    &file.path,
                    Place::FILE,
                    "disk",
                    error.to_string(),
                ));
            }
        }
    }
    statics
}

fn static_file(path: &str, source: Option<String>, bytes: &[u8], assets: Assets) -> StaticFile {
    let digest = Digest::of(bytes);
    let route = match (assets, path.rsplit_once('.')) {
        (Assets::Fingerprint, Some((stem, extension))) if is_asset(path) => {
            Route::new(format!("/{stem}.{}.{extension}", &digest.to_string()[..12]))
        }
        _ => route::static_file(path),
    };
    StaticFile { route, source, size: image_size(bytes), digest }
}

/// Only what pages refer to gets a hash in its name; `favicon.ico` and the like are asked for by name.
fn is_asset(path: &str) -> bool {
    [".css", ".js", ".woff2"].iter().any(|extension| path.ends_with(extension))
}

/// Pixels of an image; SVG has its own.
fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}
