//! Links are followed once every name is known. In: the newsroom with its names, and which texts changed. Out: the row of each
//! article, what every text shows of files, and links that lead nowhere. [`Following`] is the entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{
    Filling,
    articles::{Parsed, link_key},
};
use crate::{
    archive::{Change, Delta, Newsroom, edition_of_text},
    diag::Diagnostic,
    link::{
        self,
        references::{Followed, Follower, follow},
    },
    load::Sources,
    model::{
        day::{date_of, day_number},
        links::{path_key, static_path},
        newsroom::{ArticleId, Media},
        source::SourceKind,
    },
    pipeline::{
        Build, assets,
        scope::{Faults, Halt, Scope},
    },
};

/// Follows links.
pub(super) struct Following<'a> {
    build: &'a Build<'a>,
    filling: &'a Filling<'a>,
    newsroom: &'a Newsroom,
    /// Articles of which nothing changed but what they refer to.
    referring: BTreeSet<u32>,
    is_anew: bool,
    /// Files that were looked at, by path.
    pub(super) media: BTreeMap<String, Media>,
    /// By the key under which the archive keeps them.
    pub(super) faults: Faults,
    n_articles: usize,
}

impl<'a> Following<'a> {
    pub(super) fn new(
        build: &'a Build<'a>,
        filling: &'a Filling<'a>,
        newsroom: &'a Newsroom,
    ) -> Self {
        Self {
            build,
            filling,
            newsroom,
            referring: BTreeSet::new(),
            is_anew: filling.scope == Scope::Anew,
            media: BTreeMap::new(),
            faults: Faults::new(),
            n_articles: 0,
        }
    }

    pub(super) fn n_articles(&self) -> usize {
        self.n_articles
    }

    /// Finds the texts that refer to what changed.
    pub(super) fn texts_that_refer_to(
        &mut self,
        parsed: &Parsed,
        found: &Sources,
        delta: &mut Delta,
    ) -> Result<(), Halt> {
        self.n_articles = parsed.articles.len();
        if self.is_anew {
            return Ok(());
        }
        let archive = self.filling.archive;
        let mut visible = parsed.visible.clone();
        for file in found.changed.iter().chain(&found.removed) {
            match file.kind {
                SourceKind::ContentAsset => _ = visible.insert(path_key(&file.path)),
                SourceKind::Static => {
                    let path = file.path.strip_prefix("static/").unwrap_or(&file.path);
                    visible.insert(path_key(&static_path(path)));
                }
                _ => {}
            }
        }
        let wanted = &self.newsroom.registry.wanted;
        if self.filling.scope == Scope::Near
            && visible.iter().any(|key| wanted.binary_search(key).is_ok())
        {
            return Err(Halt::Widen(Scope::Whole));
        }
        for text in visible.iter().flat_map(|key| archive.backlinks(*key)) {
            match edition_of_text(text) {
                Some(edition) => _ = delta.editions.insert(edition),
                None => _ = self.referring.insert(text),
            }
        }
        // Whether an article has a namesake, or two translations into one language, may change with what bears its keys.
        for key in parsed.visible.iter().chain(&delta.translations) {
            self.referring.extend(archive.bearers(*key).into_iter().map(|(id, _)| id.0));
        }
        // An edition shows cards of the articles that it names, whatever of them changed.
        for text in parsed.keys.iter().flat_map(|key| archive.backlinks(*key)) {
            delta.editions.extend(edition_of_text(text));
        }
        for (_, id) in &parsed.articles {
            self.referring.remove(&id.0);
        }
        for change in &parsed.gone {
            self.referring.remove(&change.id.0);
        }
        self.n_articles += self.referring.len();
        Ok(())
    }

    /// The change of every article that changed, refers to what did, or is gone.
    pub(super) fn articles(&mut self, parsed: &Parsed) -> Vec<Change> {
        let gone: BTreeSet<ArticleId> = parsed.gone.iter().map(|change| change.id).collect();
        let changed = parsed.articles.iter().map(|(_, id)| *id).filter(|id| !gone.contains(id));
        let ids: Vec<ArticleId> =
            changed.chain(self.referring.iter().map(|id| ArticleId(*id))).collect();
        let seen: Mutex<BTreeMap<String, Media>> = Mutex::default();
        let look = |path: &str| self.look(&seen, path);
        // Of most articles there is nothing to note but their rows, and there may be as many as the archive holds.
        let noted: Mutex<(Faults, BTreeMap<String, Media>)> = Mutex::default();
        let one = |&id: &ArticleId| {
            let followed = follow(self.newsroom, &look, id, self.build.sight());
            let Followed { source, row, media, diagnostics } = followed;
            let is_told = !self.is_anew || !diagnostics.is_empty();
            if is_told || !media.is_empty() {
                let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
                noted.0.extend(is_told.then(|| (link_key(&source), diagnostics)));
                noted.1.extend(media);
            }
            self.build.watch.step(1, 0);
            let last = self.filling.archive;
            let old = if self.is_anew { None } else { last.row(id).map(Box::new) };
            let moves = old.is_none() || last.place(id) != self.newsroom.archive.place(id);
            Change { id, source, old, new: Some(Box::new(row)), moves }
        };
        let is_there = |id: &&ArticleId| self.newsroom.archive.has_article(**id);
        let mut changes: Vec<Change> = ids.par_iter().filter(is_there).map(one).collect();
        changes.extend(parsed.gone.iter().cloned());
        let (faults, media) = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.faults.extend(faults);
        self.media.extend(media);
        changes
    }

    /// A file beside content: as it was looked at in this build, or as the archive knows it.
    fn look(&self, seen: &Mutex<BTreeMap<String, Media>>, path: &str) -> Result<Media, Diagnostic> {
        let known = seen.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(media) = known.or_else(|| self.newsroom.media(path)) {
            return Ok(media);
        }
        let media = assets::media(self.build.site, path)?;
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(path.to_owned(), media.clone());
        Ok(media)
    }

    /// Editions that were read, or that name what changed.
    pub(super) fn editions(&mut self, parsed: &Parsed, delta: &Delta) {
        let mut all: BTreeSet<_> = parsed.editions.union(&delta.editions).copied().collect();
        if self.is_anew {
            for newsroom in self.newsroom.in_tongues() {
                let days = i32::MIN..=day_number(newsroom.today);
                let days = newsroom.archive.edition_days(newsroom.tongue, days);
                all.extend(days.into_iter().map(|day| (newsroom.tongue, date_of(day))));
            }
        }
        let newsroom = self.newsroom;
        let filed = |(tongue, date)| newsroom.in_tongue(tongue).edition(date);
        for filed in all.into_iter().filter_map(filed) {
            let source = filed.edition.source.clone();
            let newsroom = newsroom.in_tongue(filed.edition.tongue);
            self.text(newsroom, link_key(&source), |follower| {
                follower.text(&source, None, &filed.links);
                filed.edition.items.iter().for_each(|item| follower.article(&source, item));
            });
        }
    }

    /// Topics, entities, stories and pages.
    pub(super) fn registry(&mut self) {
        let registry = &self.newsroom.registry;
        let parents = link::check_parents(registry);
        self.text(self.newsroom, "\u{1}links".to_owned(), |follower| {
            follower.diagnostics.extend(parents);
            for (source, links) in &registry.links {
                follower.text(source, None, links);
            }
            registry.stories.members().for_each(|story| follower.milestones(story));
            let told = registry.told.values().flat_map(|told| told.stories.values());
            told.for_each(|story| follower.milestones(story));
        });
    }

    fn text(&mut self, newsroom: &Newsroom, key: String, work: impl FnOnce(&mut Follower<'_>)) {
        let seen: Mutex<BTreeMap<String, Media>> = Mutex::default();
        let (media, diagnostics) = {
            let look = |path: &str| self.look(&seen, path);
            let mut follower =
                Follower { newsroom, look: &look, media: Vec::new(), diagnostics: Vec::new() };
            work(&mut follower);
            (follower.media, follower.diagnostics)
        };
        self.media.extend(media);
        self.faults.insert(key, diagnostics);
    }
}
