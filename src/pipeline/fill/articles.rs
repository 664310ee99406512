//! Articles and editions are read, parsed and filed. In: what changed. Out: [`Parsed`], and in the archive all that is kept of
//! each article. [`parse`] is the entry.
//!
//! Bodies are read in parallel and dropped at once; while one run of articles is stored, the next is read.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{Timestamp, civil::Date};

use super::{
    Filling, gone,
    read::{self, Read},
};
use crate::{
    archive::{Batch, Change, Delta, Registry},
    diag::Diagnostic,
    link::{
        self, Changes, Filer, Filing, Sight, keys_of_unfiled, matcher::Openings, publish::withheld,
        unfiled::Unfiled,
    },
    load::Sources,
    model::{
        config::Config,
        newsroom::{ArticleId, Filed},
        route,
        source::{SourceFile, SourceKind},
        tongue::Tongue,
    },
    pipeline::{
        Build,
        scope::{Faults, Halt, Scope},
        sources::Site,
    },
    progress::Phase,
};

/// Articles that are read before the first of them is stored.
const RUN: usize = 1024;

/// Articles for which it is not worth while to prepare names that do not stand in them.
const FEW: usize = 64;

/// What parsing left to be done.
#[derive(Default)]
pub(super) struct Parsed {
    /// Articles that are new or changed, by path, with their numbers.
    pub(super) articles: Vec<(Box<str>, ArticleId)>,
    /// Articles that are gone.
    pub(super) gone: Vec<Change>,
    /// Keys of articles of which something changed that a text which refers to them shows.
    pub(super) visible: BTreeSet<u64>,
    /// Keys of all articles that changed.
    pub(super) keys: BTreeSet<u64>,
    /// Articles that could not be read.
    pub(super) unread: BTreeSet<String>,
    /// Days whose edition in a language was read again.
    pub(super) editions: BTreeSet<(Tongue, Date)>,
    /// By the key under which the archive keeps them.
    pub(super) faults: Faults,
}

impl Parsed {
    /// The number of a new or changed article.
    pub(super) fn number_of(&self, path: &str) -> Option<u32> {
        let at = self.articles.binary_search_by(|(other, _)| (**other).cmp(path)).ok()?;
        self.articles.get(at).map(|(_, id)| id.0)
    }
}

type Out<'o> = (&'o Batch, &'o mut Changes, &'o mut Delta);

/// Parses what changed and files it.
pub(super) fn parse(
    build: &Build<'_>,
    site: &mut Site,
    filling: &Filling<'_>,
    found: &Sources,
    (batch, changes, delta): Out<'_>,
) -> Result<Parsed, Halt> {
    let mut parsed = Parsed::default();
    let mut desk = Desk { build, filling, batch, changes, delta, parsed: &mut parsed };
    desk.remove(found, &site.config)?;
    let files = desk.number(site, found);
    build.watch.begin(Phase::Parse, Some(files.len() as u64));
    let unknown = desk.articles(site, &files)?;
    if !unknown.is_empty() {
        // Who shows a site goes over all pages where something new is named, and so does a site of several languages.
        let is_wide = build.leaves_out || site.config.is_multilingual();
        if filling.scope == Scope::Near && is_wide {
            return Err(Halt::Widen(Scope::Whole));
        }
        desk.complete(site, unknown)?;
    }
    desk.editions(site, found)?;
    desk.parsed.articles = files.into_iter().map(|(file, id)| (file.path.into(), id)).collect();
    Ok(parsed)
}

/// Files beside content: their bytes are looked at where something shows them.
pub(super) fn media(found: &Sources, batch: &Batch, delta: &mut Delta) -> Result<(), Halt> {
    let assets = |file: &&SourceFile| file.kind == SourceKind::ContentAsset;
    for file in found.changed.iter().filter(assets) {
        batch.put_media(&file.path, Some(&None))?;
        delta.media.insert(file.path.clone());
    }
    for file in found.removed.iter().filter(assets) {
        batch.put_media(&file.path, None)?;
        delta.media.insert(file.path.clone());
    }
    Ok(())
}

/// Where articles are filed.
pub(super) struct Desk<'a, 'b> {
    pub(super) build: &'a Build<'b>,
    pub(super) filling: &'a Filling<'a>,
    pub(super) batch: &'a Batch,
    pub(super) changes: &'a mut Changes,
    pub(super) delta: &'a mut Delta,
    pub(super) parsed: &'a mut Parsed,
}

impl Desk<'_, '_> {
    pub(super) fn last_now(&self) -> Timestamp {
        let last = self.filling.archive.setting("now").unwrap_or_default();
        Timestamp::from_second(last).unwrap_or_default()
    }

    /// Articles and editions that are gone.
    fn remove(&mut self, found: &Sources, config: &Config) -> Result<(), Halt> {
        for file in &found.removed {
            match (file.kind, file.article) {
                (SourceKind::Article, Some(number)) => {
                    let id = ArticleId(number);
                    self.note(id, None);
                    self.batch.put_articles([(id, None)])?;
                    self.parsed.gone.push(gone(self.filling.archive, id, &file.path));
                }
                (SourceKind::Edition, _) => {
                    let (stem, tongue) = config.tongue_of_stem(file.stem());
                    if let Ok(date) = stem.parse::<Date>() {
                        self.edition((tongue.unwrap_or_default(), date), None)?;
                    }
                }
                _ => {}
            }
            if matches!(file.kind, SourceKind::Article | SourceKind::Edition) {
                self.parsed.faults.insert(file.path.clone(), Vec::new());
                self.parsed.faults.insert(link_key(&file.path), Vec::new());
            }
        }
        Ok(())
    }

    /// Changed articles, those that come or go by themselves and those that a change of names may reach, each with its number.
    fn number(&mut self, site: &Site, found: &Sources) -> Vec<(SourceFile, ArticleId)> {
        let archive = self.filling.archive;
        let is_article = |file: &&SourceFile| file.kind == SourceKind::Article;
        let mut files: Vec<SourceFile> = found.changed.iter().filter(is_article).cloned().collect();
        let gone: BTreeSet<u32> =
            found.removed.iter().filter(is_article).filter_map(|file| file.article).collect();
        let known: BTreeSet<u32> = files.iter().filter_map(|file| file.article).collect();
        let due = archive.due(self.build.options.now.as_second()).into_iter();
        let mut others: BTreeSet<ArticleId> = due.collect();
        if let Some(renamed) = &site.renamed {
            others.extend(renamed.articles(archive, &site.config));
            self.parsed.visible.extend(&renamed.keys);
        }
        let is_other = |id: &ArticleId| {
            ![&known, &gone, &found.held].iter().any(|numbers| numbers.contains(&id.0))
        };
        for ArticleId(number) in others.into_iter().filter(is_other) {
            if let Some(face) = archive.face(ArticleId(number)) {
                let path = face.heading.source;
                let kind = SourceKind::Article;
                files.push(SourceFile { path, kind, len: 0, article: Some(number) });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut next = archive.last_article().map_or(0, |id| id.0 + 1);
        let number = |file: SourceFile| {
            let id = file.article.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            (file, ArticleId(id))
        };
        files.into_iter().map(number).collect()
    }

    /// Reads, files and stores articles; returns those that name something without a file that nobody knows.
    fn articles(
        &mut self,
        site: &Site,
        files: &[(SourceFile, ArticleId)],
    ) -> Result<Vec<(ArticleId, Filing)>, Halt> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut unknown = Vec::new();
        let build = self.build;
        if let Some(openings) = self.openings(site, files) {
            self.store(read::few(build, site, &openings, files), &mut unknown)?;
            return Ok(unknown);
        }
        let filer = Filer::new(&site.registry, &site.config, site.matcher(&site.registry));
        let mut runs = files.chunks(RUN);
        let mut read = runs.next().map(|run| read::run(build, site, &filer, run));
        while let Some(ready) = read.take() {
            // What was read is stored on one core while others read on.
            let next = runs.next();
            let (stored, later) = rayon::join(
                || self.store(ready, &mut unknown),
                || next.map(|run| read::run(build, site, &filer, run)),
            );
            stored?;
            read = later;
        }
        Ok(unknown)
    }

    /// Whose names begin with which words, if there are too few articles to prepare all names for. Who looks at a site again
    /// and again prepares them once.
    fn openings(&self, site: &Site, files: &[(SourceFile, ArticleId)]) -> Option<Openings> {
        let is_kept = self.build.known.is_some() || site.is_registry_new;
        if is_kept || files.len() > FEW { None } else { self.filling.archive.large("openings") }
    }

    fn store(
        &mut self,
        read: Vec<Read>,
        unknown: &mut Vec<(ArticleId, Filing)>,
    ) -> Result<(), Halt> {
        let is_anew = self.filling.scope == Scope::Anew;
        let mut articles = Vec::with_capacity(read.len());
        for Read { id, filing, bytes, faults } in read {
            let Some(filing) = filing else {
                self.note(id, None);
                self.faults_of(id, faults, is_anew);
                articles.push((id, None));
                continue;
            };
            self.parsed.keep_faults(&filing.filed.summary.source, faults, is_anew);
            let Some(bytes) = bytes else {
                unknown.push((id, filing));
                continue;
            };
            self.note(id, Some(&filing.filed));
            articles.push((id, Some(bytes?)));
        }
        Ok(self.batch.put_articles(articles)?)
    }

    /// Faults of an article that could not be read; its path stands in each.
    fn faults_of(&mut self, id: ArticleId, faults: Vec<Diagnostic>, is_anew: bool) {
        if let Some(path) = faults.first().map(|fault| fault.file.clone()) {
            self.parsed.unread.insert(path.clone());
            self.parsed.keep_faults(&path, faults, is_anew);
            if let Some(row) = self.filling.archive.row(id) {
                let (source, old) = (path.into(), Some(Box::new(row)));
                let gone = Change { id, source, old, new: None, moves: true };
                self.parsed.gone.push(gone);
            }
        }
    }

    /// Gives what nobody knows its entry, and files the articles that name it.
    fn complete(&mut self, site: &mut Site, unknown: Vec<(ArticleId, Filing)>) -> Result<(), Halt> {
        let mut unfiled = Unfiled::default();
        for (_, filing) in &unknown {
            let summary = &filing.filed.summary;
            let age = (summary.date.instant.as_microsecond(), summary.source.as_str());
            for (kind, key, written) in &filing.unknown {
                unfiled.note(age, *kind, key, &written.text);
            }
        }
        let last = match self.filling.scope {
            Scope::Anew => None,
            _ => self.filling.archive.large::<Registry>("registry"),
        };
        let registry = Arc::make_mut(&mut site.registry);
        let parents = registry.parents.clone();
        let defined = link::unfiled::define(registry, &unfiled, last.as_ref());
        defined.ok_or(Halt::Widen(Scope::Anew))?;
        link::close(registry);
        site.is_registry_new = true;
        if self.filling.scope == Scope::Near && parents != registry.parents {
            return Err(Halt::Widen(Scope::Whole));
        }
        if self.filling.scope != Scope::Anew {
            let unknown = unknown.iter().flat_map(|(_, filing)| &filing.unknown);
            let new: BTreeSet<_> = unknown.map(|(kind, key, _)| (*kind, key.as_str())).collect();
            for (kind, key) in new {
                let Some(number) = site.registry.unfiled(kind, key) else { continue };
                self.parsed.visible.extend(keys_of_unfiled(&site.registry, kind, number));
                self.delta.lists.insert(kind.list(number));
            }
        }
        for (id, mut filing) in unknown {
            filing.complete(&site.registry);
            self.note(id, Some(&filing.filed));
            self.batch.put_articles([(id, Some(filing.encode(&site.registry)?))])?;
        }
        Ok(())
    }

    /// Notes how an article was filed and how it is now.
    fn note(&mut self, id: ArticleId, new: Option<&Filed>) {
        let now = self.build.sight();
        let old = match self.filling.scope {
            Scope::Anew => None,
            _ => self.filling.archive.filed(id),
        };
        let last = Sight { now: self.last_now(), ..now };
        let shown = |filed: &Filed, sight| withheld(&filed.summary, sight).is_none();
        if self.filling.scope != Scope::Anew {
            let both = old.iter().map(|it| (it, last)).chain(new.map(|it| (it, now)));
            for (filed, _) in both {
                self.parsed.keys.extend(link::article_keys(filed));
                let aliases = filed.summary.aliases.iter();
                let from = aliases.map(|alias| route::old(&alias.text).as_str().to_owned());
                self.delta.redirects.extend(from);
            }
            let face = |filed: &Filed, now| {
                let summary = &filed.summary;
                let keys = (summary.source.clone(), summary.stem.clone(), summary.date.day());
                let keys = (keys, summary.translation_of.clone());
                (filed.ties.route.clone(), summary.title.clone(), shown(filed, now), keys)
            };
            let (before, after) =
                (old.as_ref().map(|it| face(it, last)), new.map(|it| face(it, now)));
            if before != after {
                let both = old.iter().chain(new).flat_map(link::article_keys);
                self.parsed.visible.extend(both);
                let both = old.iter().chain(new).flat_map(link::kindred);
                self.delta.translations.extend(both);
            }
            if let Some(old) = old.as_ref().filter(|it| shown(it, last)) {
                let stays = new.filter(|it| shown(it, now)).map(|it| &it.ties.route);
                if stays != Some(&old.ties.route) {
                    self.delta.left.push(old.ties.route.clone());
                }
            }
            for filed in old.iter().chain(new) {
                // What an article begins or ceases to show may come or go with it.
                let media = filed.links.iter().filter(|link| !link.dest.text.contains("://"));
                let image = filed.summary.image.iter().map(|image| image.src.text.as_str());
                let dests = media.map(|link| link.dest.text.as_str()).chain(image);
                let source = &filed.summary.source;
                self.delta
                    .media
                    .extend(dests.filter_map(|dest| crate::model::links::beside(source, dest)));
            }
        }
        self.changes.note(id, old.as_ref().map(|it| (it, last)), new.map(|it| (it, now)));
    }
}

impl Parsed {
    /// Keeps what there is to say of a source; of a source that was never in the archive, only if there is something.
    fn keep_faults(&mut self, source: &str, faults: Vec<Diagnostic>, is_anew: bool) {
        if !is_anew || !faults.is_empty() {
            self.faults.insert(source.to_owned(), faults);
        }
    }
}

/// The key under which the archive keeps what following a source's links found.
pub(super) fn link_key(source: &str) -> String {
    format!("{source}\u{1}links")
}
