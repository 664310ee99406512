//! Sources → what every page shares. In: a site's root, what changed, the archive of the last build. Out: [`Site`]: settings,
//! theme, registry, static files, each read again only if it changed; and readers of single sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{
    Build, assets, basis,
    scope::{Faults, Halt, Names, Scope},
};
use crate::{
    archive::{Registry, Snapshot},
    diag::{Diagnostic, Place},
    disk,
    link::{
        self, Entry, Renamed, Retold, Texts, matcher::Matcher, mentions::matcher_of,
        unfiled::Unfiled,
    },
    load::{self, Sources},
    model::{
        article::{BodyLink, BodyScan},
        config::Config,
        newsroom::StaticFile,
        source::{SourceFile, SourceKind},
    },
    parse,
    plan::inputs::Basis,
    progress::Phase,
    render::theme::Theme,
    text::normal::normal,
};

/// The settings, read.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// As read.
    pub(super) config: Config,
    /// Bytes of their file.
    pub(super) len: u64,
    /// What there is to say of them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the settings; `None`, with an error, if they cannot be used.
pub(super) fn settings(site: &disk::Site, diagnostics: &mut Vec<Diagnostic>) -> Option<Settings> {
    let text = read_text(site, disk::SETTINGS, diagnostics)?;
    let (config, found) = parse::config(disk::SETTINGS, &text);
    let Some(config) = config else {
        diagnostics.extend(found);
        return None;
    };
    diagnostics.extend(found);
    let len = text.len() as u64;
    Some(Settings { config, len, diagnostics: std::mem::take(diagnostics) })
}

/// What every page shares.
pub(super) struct Site {
    pub(super) config: Config,
    pub(super) theme: Option<Arc<Theme>>,
    /// What there is to say of the templates.
    pub(super) of_theme: Vec<Diagnostic>,
    /// Moved into the newsroom once that is made.
    pub(super) registry: Arc<Registry>,
    /// Finds the names of the registry; made when it is asked for.
    pub(super) matcher: OnceLock<Arc<Matcher>>,
    pub(super) statics: BTreeMap<String, StaticFile>,
    /// The day in the site's time zone.
    pub(super) today: Date,
    /// What changed of its names since the last build, if that did and it is known.
    pub(super) renamed: Option<Renamed>,
    /// Where only entities came or changed: these.
    pub(super) retold: Option<Retold>,
    /// Whether the registry was read from its files.
    pub(super) is_registry_new: bool,
    /// Of the sources read, by the key under which the archive keeps them.
    pub(super) faults: Faults,
    /// Of settings and templates, which are read in every build.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What pages share and does not change with an article: for who looks at a site again and again.
pub(super) struct Shared {
    /// As it is in the archive.
    pub(super) registry: Arc<Registry>,
    pub(super) matcher: OnceLock<Arc<Matcher>>,
    /// With what there is to say of it; `None` if it has to be read again.
    pub(super) theme: Option<(Arc<Theme>, Vec<Diagnostic>)>,
}

impl Site {
    /// Reads what changed, and takes the rest from the archive, but for `forgotten` names that only front matter knows.
    pub(super) fn of(
        build: &Build<'_>,
        settings: Settings,
        (archive, forgotten): (Option<&Snapshot>, &Names),
        found: &Sources,
    ) -> Result<Self, Halt> {
        let Settings { config, len, mut diagnostics } = settings;
        build.watch.begin(Phase::Parse, None);
        build.watch.step(1, len);
        let known = build.known.filter(|_| archive.is_some());
        let is_registry = |file: &SourceFile| {
            (SourceKind::Topic..=SourceKind::Page).contains(&file.kind)
                && file.kind != SourceKind::Edition
        };
        let changed = found.changed.iter().chain(&found.removed).any(is_registry);
        let changed = changed || !forgotten.is_empty();
        let known = known.filter(|_| !changed);
        let stored = || archive.filter(|_| !changed)?.large::<Registry>("registry").map(Arc::new);
        let ((theme, of_theme), kept) = rayon::join(
            || theme(build, &config, (archive, found)),
            || known.map(|known| Arc::clone(&known.registry)).or_else(stored),
        );
        diagnostics.extend(of_theme.iter().cloned());
        let mut faults = Faults::new();
        let statics = assets::statics(build.site, archive, found, config.assets, &mut faults);
        let matcher = known.map_or_else(OnceLock::new, |known| known.matcher.clone());
        let is_registry_new = kept.is_none();
        let registry = match kept {
            Some(registry) => registry,
            None => {
                let last = archive.and_then(|archive| archive.large::<Registry>("registry"));
                let last = (last.as_ref(), forgotten);
                let registry = read_registry(build, &config, archive, (found, last), &mut faults);
                Arc::new(registry.ok_or(Halt::Widen(Scope::Anew))?)
            }
        };
        let today = match build.options.shows.future {
            true => Date::MAX,
            false => build.options.now.to_zoned_datetime(config.timezone.clone()).date(),
        };
        Ok(Self {
            config,
            theme,
            of_theme,
            registry,
            matcher,
            statics,
            today,
            renamed: None,
            retold: None,
            is_registry_new,
            faults,
            diagnostics,
        })
    }

    /// Finds the names of the registry, wherever that is by now.
    pub(super) fn matcher(&self, registry: &Registry) -> Arc<Matcher> {
        Arc::clone(self.matcher.get_or_init(|| Arc::new(matcher_of(registry))))
    }

    /// Compares the names with those of the last build; whether it is known which articles a change of them may reach.
    pub(super) fn compares_names(&mut self, archive: &Snapshot, forgotten: &Names) -> bool {
        if !self.is_registry_new {
            return true;
        }
        let Some(last) = archive.large::<Registry>("registry") else { return false };
        if last.names_digest != self.registry.names_digest || !forgotten.is_empty() {
            self.renamed = Some(Renamed::of(&last, &self.registry));
        }
        self.retold = link::retold(&last, &self.registry);
        true
    }

    /// What no page is without; `None` if a template is at fault.
    pub(super) fn basis(&self) -> Option<Basis> {
        let theme = self.theme.as_ref()?;
        Some(basis::basis(&self.config, theme, &self.registry, &self.statics))
    }
}

/// The paths of all sources of some folder as they are now.
pub(super) fn paths(folder: &str, archive: Option<&Snapshot>, found: &Sources) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    if let Some(archive) = archive {
        for below in archive.folders_below(folder) {
            let files = archive.folder(&below).unwrap_or_default().files.into_iter();
            paths.extend(files.map(|file| format!("{below}/{}", file.name)));
        }
    }
    let is_in = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    for file in found.removed.iter().filter(|file| is_in(&file.path)) {
        paths.remove(&file.path);
    }
    paths.extend(found.changed.iter().filter(|it| is_in(&it.path)).map(|it| it.path.clone()));
    paths
}

/// The theme, and what there is to say of it.
fn theme(
    build: &Build<'_>,
    config: &Config,
    (archive, found): (Option<&Snapshot>, &Sources),
) -> (Option<Arc<Theme>>, Vec<Diagnostic>) {
    let all = found.changed.iter().chain(&found.removed);
    let is_changed = all.into_iter().any(|file| file.kind == SourceKind::Template);
    let known = build.known.filter(|_| archive.is_some() && !is_changed);
    if let Some((theme, told)) = known.and_then(|known| known.theme.as_ref()) {
        return (Some(Arc::clone(theme)), told.clone());
    }
    let mut diagnostics = Vec::new();
    let templates = templates(build, archive, found, &mut diagnostics);
    let (theme, told) = Theme::read(&templates, &config.tags());
    diagnostics.extend(told);
    (theme.map(Arc::new), diagnostics)
}

fn templates(
    build: &Build<'_>,
    archive: Option<&Snapshot>,
    found: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let own = paths("templates", archive, found).into_iter();
    own.filter_map(|path| {
        let text = read_text(build.site, &path, diagnostics)?;
        build.watch.step(1, text.len() as u64);
        Some((path.strip_prefix("templates/")?.to_owned(), text))
    })
    .collect()
}

/// The registry from its files. What only front matter names is taken from the last one, as far as there is one, unless it is
/// forgotten or has a file now. `None` if not all can be numbered as they were.
fn read_registry(
    build: &Build<'_>,
    config: &Config,
    archive: Option<&Snapshot>,
    (found, (last, forgotten)): (&Sources, (Option<&Registry>, &Names)),
    faults: &mut Faults,
) -> Option<Registry> {
    let changed = found.changed.iter().map(|file| file.path.as_str()).collect();
    let reader = Reader { build, config, archive, found, changed, last };
    let texts = Texts {
        topics: reader.each("content/topics", SourceKind::Topic, parse::topic, faults),
        entities: reader.each("content/entities", SourceKind::Entity, parse::entity, faults),
        stories: reader.each("content/stories", SourceKind::Story, parse::story, faults),
        pages: reader.each("content/pages", SourceKind::Page, parse::page, faults),
        shows: build.options.shows,
    };
    faults.insert("\u{1}registry".to_owned(), texts.misnamed(config));
    let mut registry = link::registry(texts, config, last)?;
    registry.sort();
    if let Some(last) = last {
        let mut unfiled = Unfiled::default();
        for (kind, key, number) in last.all_unfiled() {
            let name = last.name(kind, number).unwrap_or_default();
            let is_forgotten = forgotten.contains(&(kind, key.to_owned()));
            if !is_forgotten && registry.filed(kind, name).is_empty() {
                unfiled.note((0, ""), kind, key, name);
            }
        }
        link::unfiled::define(&mut registry, &unfiled, Some(last))?;
    }
    link::close(&mut registry);
    Some(registry)
}

/// Reads and parses the files of one kind that changed, in parallel, and takes the others as they were; all in order.
struct Reader<'a> {
    build: &'a Build<'a>,
    config: &'a Config,
    archive: Option<&'a Snapshot>,
    found: &'a Sources,
    changed: BTreeSet<&'a str>,
    last: Option<&'a Registry>,
}

impl Reader<'_> {
    fn each<T: Entry>(
        &self,
        folder: &str,
        kind: SourceKind,
        parse: fn(&SourceFile, &str, &Config) -> parse::Parsed<(T, BodyScan)>,
        faults: &mut Faults,
    ) -> Vec<(T, Vec<BodyLink>)> {
        let paths: Vec<_> = paths(folder, self.archive, self.found)
            .into_iter()
            .filter(|path| load::kind(path) == Some(kind))
            .collect();
        let known = self.last.map(T::of).unwrap_or_default().into_iter();
        let known: BTreeMap<&str, &T> = known
            .map(|it| (it.source(), it))
            .filter(|(source, _)| !self.changed.contains(source))
            .collect();
        let is_new = |path: &&String| !known.contains_key(path.as_str());
        let read = |path: &String| {
            let file = SourceFile { path: path.clone(), kind, len: 0, article: None };
            read_and_parse(self.build, &file, self.config, parse)
        };
        let new: Vec<&String> = paths.iter().filter(is_new).collect();
        let mut parsed: BTreeMap<&String, _> = new
            .par_iter()
            .map(|path| (*path, read(path)))
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        // A file that is gone says nothing any more.
        for file in self.found.removed.iter().filter(|file| file.kind == kind) {
            faults.insert(file.path.clone(), Vec::new());
        }
        let mut values = Vec::with_capacity(paths.len());
        for path in &paths {
            if let Some((value, found)) = parsed.remove(path) {
                faults.insert(path.clone(), found);
                values.extend(value.map(|(it, scan): (T, BodyScan)| {
                    let links = it.links(scan.links);
                    (it, links)
                }));
            } else if let (Some(it), Some(last)) = (known.get(path.as_str()), self.last) {
                values.push((T::clone(it), last.links_of(path).to_vec()));
            }
        }
        values
    }
}

/// One source, parsed.
pub(super) fn read_and_parse<T>(
    build: &Build<'_>,
    file: &SourceFile,
    config: &Config,
    parse: fn(&SourceFile, &str, &Config) -> parse::Parsed<T>,
) -> parse::Parsed<T> {
    let mut found = Vec::new();
    let text = read_text(build.site, &file.path, &mut found);
    build.watch.step(1, text.as_ref().map_or(0, |text| text.len() as u64));
    let parsed = text.and_then(|text| {
        let (parsed, more) = parse(file, &text, config);
        found.extend(more);
        parsed
    });
    (parsed, found)
}

/// A text file; an error in `diagnostics` when it cannot be read or is not UTF-8.
fn read_text(site: &disk::Site, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = match site.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(Diagnostic::error(path, Place::FILE, "disk", error.to_string()));
            return None;
        }
    };
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => Some(normal_text(path, text, diagnostics)),
        Err(error) => {
            let valid = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..valid]).into_owned();
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
fn normal_text(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let (normal, left_out) = normal(text);
    if let Some(at) = left_out {
        let message = "the file holds control characters; they are left out";
        diagnostics.push(
            Diagnostic::warning(path, Place::of_offset(text, at, 1), "control-character", message)
                .hint("delete what stands between the two letters here; it cannot be seen"),
        );
    }
    normal.into_owned()
}

/// The Markdown of a source, read again when its page is made.
pub(super) fn body_of(site: &disk::Site, source: &str) -> String {
    let bytes = site.read(source).unwrap_or_default();
    let text = simdutf8::basic::from_utf8(&bytes).unwrap_or_default();
    parse::cut(&normal(text).0).body.to_owned()
}
