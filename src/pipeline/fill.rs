//! Changed sources → the archive as it is now. In: what changed, and the archive of the last build. Out: [`Filled`]: the
//! newsroom, and what the plan must know of the change. [`fill`] is the entry.
//!
//! 1. [`articles`]: sources are parsed and filed; what they are called by is written.
//! 2. [`follow`]: with every name known, links are followed, and each article gets its row.
//! 3. Rows are shelved: the lists on which they stand are written.

mod articles;
mod editions;
mod follow;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use self::{articles::Parsed, follow::Following};
use super::{
    Build,
    scope::{Halt, Names, Scope},
    sources::Site,
    state,
};
use crate::{
    archive::{Batch, Change, Delta, KnownFile, Mark, Newsroom, Snapshot, Store},
    diag::Diagnostic,
    link::{self, Changes, Retold, matcher::Openings, shelves, unfiled},
    load::{self, Sources},
    model::{
        day::day_number,
        newsroom::{ArticleId, ListId, Shelf},
        source::SourceKind,
    },
    progress::Phase,
};

/// Articles of an entity whose pages are gone over one by one when something else is told of it.
const MOST_NEAR: usize = 2000;

/// Where an archive is filled from.
pub(super) struct Filling<'a> {
    /// The store.
    pub(super) store: &'a Store,
    /// What it held before.
    pub(super) archive: &'a Snapshot,
    /// How much is looked at.
    pub(super) scope: Scope,
}

/// A filled archive.
pub(super) struct Filled {
    /// Everything as it is now.
    pub(super) newsroom: Newsroom,
    /// What changed.
    pub(super) delta: Delta,
    /// What takes it back; `None` if nothing was written.
    pub(super) mark: Option<Mark>,
    /// What there is to say that the archive does not keep.
    pub(super) notes: Vec<Diagnostic>,
}

/// Fills the archive. Nothing lasts before it is committed.
pub(super) fn fill(
    build: &Build<'_>,
    site: &mut Site,
    filling: &Filling<'_>,
    found: &Sources,
) -> Result<Filled, Halt> {
    let notes = site.diagnostics.clone();
    if is_unchanged(build, site, filling, found) {
        let newsroom = newsroom(site, filling)?;
        return Ok(Filled { newsroom, delta: Delta::default(), mark: None, notes });
    }
    let mut delta = Delta::default();
    if let Some(retold) = site.retold.take().filter(|_| filling.scope == Scope::Near) {
        let Retold { lists, redirects, media } = retold;
        if lists.iter().any(|list| filling.archive.count(Shelf::List(*list)) > MOST_NEAR) {
            return Err(Halt::Widen(Scope::Whole));
        }
        (delta.lists, delta.redirects, delta.media) = (lists, redirects, media);
    }
    let mut changes = Changes::default();
    let batch = filling.store.batch()?;
    let parsed = articles::parse(build, site, filling, found, (&batch, &mut changes, &mut delta))?;
    build.watch.begin(Phase::Link, None);
    changes.write_keys(&batch)?;
    articles::media(found, &batch, &mut delta)?;
    for file in found.changed.iter().chain(&found.removed) {
        if file.kind == SourceKind::Static {
            let path = file.path.strip_prefix("static/").unwrap_or(&file.path);
            delta.statics.insert(path.to_owned());
        }
    }
    let mark = batch.show()?;
    let rest = relate(build, site, filling, found, (parsed, &mut changes, &mut delta));
    match rest {
        Ok(newsroom) => Ok(Filled { newsroom, delta, mark: Some(mark), notes }),
        Err(halt) => {
            if filling.scope != Scope::Anew {
                filling.store.take_back(&mark)?;
            }
            Err(halt)
        }
    }
}

/// Whether the archive holds everything as it is: nothing changed, and nothing comes or goes by itself.
fn is_unchanged(build: &Build<'_>, site: &Site, filling: &Filling<'_>, found: &Sources) -> bool {
    let archive = filling.archive;
    filling.scope == Scope::Near
        && found.changed.is_empty()
        && found.removed.is_empty()
        && found.diagnostics == archive.faults_of(load::LEFT_OUT)
        && archive.due(build.options.now.as_second()).is_empty()
        && archive.setting("today") == Some(day_number(site.today))
}

/// Everything as the store has it now.
fn newsroom(site: &mut Site, filling: &Filling<'_>) -> Result<Newsroom, Halt> {
    Ok(Newsroom::new(
        site.config.clone(),
        std::mem::take(&mut site.registry),
        std::mem::take(&mut site.statics),
        site.today,
        filling.store.snapshot()?,
    ))
}

/// Follows links and shelves rows, once every name is known.
fn relate(
    build: &Build<'_>,
    site: &mut Site,
    filling: &Filling<'_>,
    found: &Sources,
    (parsed, changes, delta): (Parsed, &mut Changes, &mut Delta),
) -> Result<Newsroom, Halt> {
    let newsroom = newsroom(site, filling)?;
    let mut following = Following::new(build, filling, &newsroom);
    following.texts_that_refer_to(&parsed, found, delta)?;
    build.watch.begin(Phase::Link, Some(following.n_articles() as u64));
    delta.changes = following.articles(&parsed);
    following.editions(&parsed, delta);
    if filling.scope != Scope::Near || site.is_registry_new {
        following.registry();
    }
    let batch = filling.store.batch()?;
    delta.changes.sort_unstable_by_key(|change| change.id);
    batch.put_rows(delta.changes.iter().map(|change| (change.id, change.new.as_deref())))?;
    let mut touched = BTreeMap::new();
    let noted = (filling.scope == Scope::Near).then_some(&mut touched);
    shelves::shelve(filling.archive, &batch, &mut delta.changes, noted)?;
    delta.touched = touched;
    changes.write_rest(&batch)?;
    let Following { media, faults, .. } = following;
    for (path, media) in &media {
        batch.put_media(path, Some(&Some(media.clone())))?;
    }
    let all = site.faults.iter().chain(&parsed.faults).chain(&faults);
    all.into_iter().try_for_each(|(key, faults)| batch.put_faults(key, faults))?;
    batch.put_faults(load::LEFT_OUT, &found.diagnostics)?;
    put_folders(found, &parsed, &batch)?;
    put_settings(build, site, filling, (&newsroom, &batch))?;
    if filling.scope == Scope::Anew {
        // Nobody asks what changed; it may be as large as the archive.
        delta.changes = Vec::new();
    }
    batch.show()?;
    let newsroom = newsroom.renewed(filling.store.snapshot()?);
    check_unfiled(filling, &newsroom, delta)?;
    Ok(newsroom)
}

/// The folders with the numbers of their articles.
fn put_folders(found: &Sources, parsed: &Parsed, batch: &Batch) -> Result<(), Halt> {
    for (path, folder) in &found.folders {
        let mut folder = folder.clone();
        for file in &mut folder.files {
            let path = format!("{path}/{}", file.name);
            if parsed.unread.contains(&path) {
                // It is no article yet, and is read again whatever its stamp says.
                *file = KnownFile { name: file.name.clone(), ..KnownFile::default() };
            } else if file.article.is_none() {
                file.article = parsed.number_of(&path);
            }
        }
        batch.put_folders([(path.as_str(), &folder)])?;
    }
    Ok(())
}

fn put_settings(
    build: &Build<'_>,
    site: &Site,
    filling: &Filling<'_>,
    (newsroom, batch): (&Newsroom, &Batch),
) -> Result<(), Halt> {
    batch.put_setting(state::FORMAT, &state::format())?;
    batch.put_setting("now", &build.options.now.as_second())?;
    batch.put_setting("today", &day_number(site.today))?;
    // Of files that were not looked at, nothing is known since the last walk.
    if build.options.changed.is_none() || filling.scope == Scope::Anew {
        batch.put_setting("looked", &build.looked)?;
    }
    batch.put_setting("settings", &site.config.digest)?;
    if site.is_registry_new {
        batch.put_large("registry", &*newsroom.registry)?;
        batch.put_large("openings", &Openings::of(&site.matcher(&newsroom.registry)))?;
    }
    batch.put_setting("statics", &*newsroom.statics)?;
    Ok(())
}

/// What only front matter names is called as the oldest article calls it. If that changed, what articles belong to did.
fn check_unfiled(filling: &Filling<'_>, newsroom: &Newsroom, delta: &Delta) -> Result<(), Halt> {
    if filling.scope == Scope::Anew {
        return Ok(());
    }
    let lists: BTreeSet<ListId> = delta
        .changes
        .iter()
        .flat_map(|change| [&change.old, &change.new])
        .flatten()
        .flat_map(|row| row.lists().collect::<Vec<_>>())
        .collect();
    let touched = newsroom.registry.all_unfiled();
    let touched = touched.filter(|(kind, _, number)| lists.contains(&kind.list(*number)));
    let names: Names = touched
        .filter(|(kind, key, number)| !unfiled::check(newsroom, *kind, key, *number))
        .map(|(kind, key, _)| (kind, key.to_owned()))
        .collect();
    if names.is_empty() { Ok(()) } else { Err(Halt::Forget(names)) }
}

/// The change of an article that is gone.
fn gone(archive: &Snapshot, id: ArticleId, source: &str) -> Change {
    let old = archive.row(id).map(Box::new);
    Change { id, source: source.into(), old, new: None, moves: true }
}

/// The reason for which an article is withheld, from the archive.
#[must_use]
pub(super) fn withheld(newsroom: &Newsroom) -> Vec<link::Withheld> {
    let kept = newsroom.archive.withheld::<link::KeptReason>().into_iter();
    kept.map(|(source, reason)| link::Withheld { source, reason: link::kept(reason) }).collect()
}
