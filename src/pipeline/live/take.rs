//! Changed sources → the archive as it is to be shown. In: what changed. Out: [`Taken`]. [`Hand::take`] is the entry.
//!
//! What is at fault and was known in a good form is taken in that form: an article is left as the archive has it, a file of the
//! registry is read as it was. It is told apart by its stamp, so that the next look at its folder finds it changed.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;

use super::kept::Kept;
use crate::{
    archive::{Delta, Newsroom, Snapshot, Store},
    diag::Diagnostic,
    disk::Stamp,
    link::matcher::Matcher,
    load::Sources,
    model::{
        newsroom::ArticleId,
        source::{SourceFile, SourceKind},
    },
    pipeline::{
        Build,
        fill::{self, Filled, Filling},
        publish,
        scope::{Attempt, Halt, Scope},
        sources::{Settings, Site},
    },
    render::theme::Theme,
};

/// By path: what is at fault, and its faults.
pub(super) type Faulty = BTreeMap<String, Vec<Diagnostic>>;

/// What takes changes in.
pub(super) struct Hand<'a> {
    pub(super) build: &'a Build<'a>,
    pub(super) settings: &'a Settings,
    pub(super) store: &'a Store,
    pub(super) kept: &'a Kept,
    pub(super) attempt: &'a Attempt,
}

/// What was taken in.
pub(super) struct Taken {
    pub(super) newsroom: Newsroom,
    /// `None` if the templates cannot be used.
    pub(super) theme: Option<Arc<Theme>>,
    /// What there is to say of the templates.
    pub(super) of_theme: Vec<Diagnostic>,
    pub(super) matcher: OnceLock<Arc<Matcher>>,
    pub(super) delta: Delta,
    pub(super) scope: Scope,
    /// What there is to say of what is shown.
    pub(super) findings: Vec<Diagnostic>,
    /// What is shown as it was, with what is wrong with it as it is.
    pub(super) broken: Faulty,
    /// The sources that were read.
    pub(super) read: Vec<String>,
}

impl Hand<'_> {
    /// Takes changes in.
    pub(super) fn take(&self, archive: &Snapshot, mut found: Sources) -> Result<Taken, Halt> {
        let read: Vec<String> = found.changed.iter().map(|file| file.path.clone()).collect();
        let mut held: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        let mut broken = Faulty::new();
        let (site, filled, findings) = loop {
            let holding = self.build.site.holding(held.clone());
            let build = Build { site: &holding, ..*self.build };
            let Attempt { scope, forgotten } = self.attempt;
            let known = ((*scope != Scope::Anew).then_some(archive), forgotten);
            let mut site = Site::of(&build, self.settings.clone(), known, &found)?;
            let faulty = of_changed(site.faults.values().flatten(), &found, &broken);
            let better = self.held(&faulty);
            if !better.is_empty() {
                set_aside(&mut found, faulty, &mut broken, |path| better.contains_key(path));
                held.extend(better);
                continue;
            }
            if *scope == Scope::Whole && !site.compares_names(archive, forgotten) {
                return Err(Halt::Widen(Scope::Anew));
            }
            let filling = Filling { store: self.store, archive, scope: *scope };
            let filled = fill::fill(&build, &mut site, &filling, &found)?;
            let findings = publish::findings(&build, &filled.newsroom, &filled.notes);
            let faulty = of_changed(findings.iter(), &found, &broken);
            if !self.leave(archive, &mut found, faulty, (&mut held, &mut broken)) {
                break (site, filled, findings);
            }
            let Filled { newsroom, mark, .. } = filled;
            drop(newsroom);
            mark.as_ref().map_or(Ok(()), |mark| self.store.take_back(mark))?;
        };
        let Filled { newsroom, delta, .. } = filled;
        let (theme, of_theme, matcher) = (site.theme, site.of_theme, site.matcher);
        let scope = self.attempt.scope;
        Ok(Taken { newsroom, theme, of_theme, matcher, delta, scope, findings, broken, read })
    }

    /// The good form of what is at fault, as far as it is kept.
    fn held(&self, faulty: &Faulty) -> BTreeMap<String, Arc<[u8]>> {
        let kept = faulty.keys().filter_map(|path| Some((path.clone(), self.kept.get(path)?)));
        kept.collect()
    }

    /// Leaves out the articles and editions that are at fault and known in a good form; whether there are any.
    fn leave(
        &self,
        archive: &Snapshot,
        found: &mut Sources,
        faulty: Faulty,
        (held, broken): (&mut BTreeMap<String, Arc<[u8]>>, &mut Faulty),
    ) -> bool {
        if self.attempt.scope == Scope::Anew {
            let better = self.held(&faulty);
            set_aside(found, faulty, broken, |path| better.contains_key(path));
            let is_any = !better.is_empty();
            held.extend(better);
            return is_any;
        }
        let is_known = |file: &SourceFile| match file.kind {
            SourceKind::Article => {
                file.article.is_some_and(|number| archive.row(ArticleId(number)).is_some())
            }
            SourceKind::Edition => {
                let (stem, tongue) = self.settings.config.tongue_of_stem(file.stem());
                let date = stem.parse::<Date>().ok();
                let tongue = tongue.unwrap_or_default();
                date.is_some_and(|date| archive.filed_edition(tongue, date).is_some())
            }
            _ => false,
        };
        let known = found.changed.iter().filter(|file| is_known(file));
        let known: Vec<String> = known.map(|file| file.path.clone()).collect();
        let n_before = broken.len();
        set_aside(found, faulty, broken, |path| known.iter().any(|it| it == path));
        found
            .changed
            .retain(|file| !(broken.contains_key(&file.path) && known.contains(&file.path)));
        for (path, folder) in &mut found.folders {
            let before = archive.folder(path).unwrap_or_default();
            for file in &mut folder.files {
                let old = before.files.iter().find(|old| old.name == file.name);
                let is_left = broken.contains_key(&format!("{path}/{}", file.name));
                file.article = if is_left { old.and_then(|it| it.article) } else { file.article };
                found.held.extend(file.article.filter(|_| is_left));
            }
        }
        broken.len() > n_before
    }
}

/// What there is to say of files that changed and hold an error, by file; those that are set aside are known.
fn of_changed<'d>(
    all: impl Iterator<Item = &'d Diagnostic>,
    found: &Sources,
    broken: &Faulty,
) -> Faulty {
    let mut told = Faulty::new();
    for fault in all.filter(|it| !broken.contains_key(&it.file)) {
        if found.changed.iter().any(|file| file.path == fault.file) {
            told.entry(fault.file.clone()).or_default().push(fault.clone());
        }
    }
    told.retain(|_, faults| faults.iter().any(Diagnostic::is_error));
    told
}

/// Notes that files at fault are shown as they were; the next look at their folders finds them changed.
fn set_aside(
    found: &mut Sources,
    faulty: Faulty,
    broken: &mut Faulty,
    is_meant: impl Fn(&str) -> bool,
) {
    for (path, faults) in faulty.into_iter().filter(|(path, _)| is_meant(path)) {
        let folder = path.rsplit_once('/').and_then(|(folder, name)| {
            found.folders.get_mut(folder).map(|folder| (folder, name.to_owned()))
        });
        if let Some((folder, name)) = folder {
            let file = folder.files.iter_mut().find(|file| file.name == name);
            file.into_iter().for_each(|file| file.stamp = Stamp::default());
        }
        broken.insert(path, faults);
    }
}
