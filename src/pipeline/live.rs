//! A site that is looked at while it is written. In: a site, and again and again what may have changed in it. Out: a
//! [`Scene`], which shows the site as it is, and [`News`] of what changed. [`Live::open`] is the entry.
//!
//! The archive is filled as a build fills it, in a store of its own, so that neither disturbs the other; a page is planned and
//! rendered when somebody asks for it. Nothing is published.
//!
//! What is at fault stays as it was: an article, a topic, a template, the settings keep their last good form. Their faults are
//! told, and they are looked at again with every change.

mod doubt;
mod home;
mod kept;
mod news;
mod scene;
mod take;
mod theme;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;

pub use self::{
    doubt::Doubt,
    news::{Change, News},
    scene::{Rendered, Scene},
};
use self::{
    home::Home,
    kept::Kept,
    scene::Stage,
    take::{Hand, Taken},
};
use super::{
    Build, Options, Scope,
    scope::{self, Attempt, Halt},
    sources::{self, Shared},
    state,
};
use crate::{
    archive::{Newsroom, Store, StoreError},
    diag::{self, Diagnostic, Place},
    disk::{self, DiskError, output::OutputFolder},
    load,
    progress::Watch,
    render::theme::Theme,
    write::Stopped,
};

/// Files of one change that are kept: of more than so many nobody waits for a page.
const MOST_KEPT: usize = 1000;
/// Bytes of the largest file that is kept.
const LARGEST_KEPT: u64 = 1 << 20;

/// A site that is looked at while it is written.
pub struct Live {
    site: disk::Site,
    options: Options,
    home: Home,
    /// `None` until something is known.
    store: Option<Arc<Store>>,
    scene: Option<Arc<Scene>>,
    kept: Arc<Kept>,
    /// What need not be read again for the next change.
    known: Option<Shared>,
    /// What is shown as it was, because it is at fault now: by path, with its faults.
    broken: BTreeMap<String, Vec<Diagnostic>>,
    /// What may have changed, and could not be taken in when it was told.
    owed: BTreeSet<String>,
}

/// Why a site cannot be looked at.
#[derive(Debug)]
pub enum Unfit {
    /// The disk refuses.
    Disk(DiskError),
    /// Faults that leave nothing to show, such as those of its settings.
    Faults(Vec<Diagnostic>),
}

impl Live {
    /// Looks at a site. What `options` say of the output folder tells only which build's knowledge to begin with.
    ///
    /// # Errors
    /// When there is nothing to show.
    pub fn open(
        site: &disk::Site,
        options: Options,
        watch: &dyn Watch,
    ) -> Result<(Self, News), Unfit> {
        let (home, store) = Home::open(site, &options);
        let now = options.now;
        let mut live = Self {
            site: site.clone(),
            options,
            home,
            store: store.map(Arc::new),
            scene: None,
            kept: Arc::default(),
            known: None,
            broken: BTreeMap::new(),
            owed: BTreeSet::new(),
        };
        let news = live.look(None, now, watch)?;
        live.scene.iter().for_each(|scene| scene.keep_shared());
        Ok((live, news))
    }

    /// Looks at what may have changed, given as paths below the root; `None` is everything. What cannot be taken in is owed,
    /// and looked at again the next time.
    pub fn take_in(&mut self, paths: Option<&[String]>, now: Timestamp, watch: &dyn Watch) -> News {
        let looked = self.look(paths, now, watch);
        let unfit = match looked {
            Ok(news) => return news,
            Err(unfit) => unfit,
        };
        match paths {
            Some(paths) => self.owed.extend(paths.iter().cloned()),
            None => self.owed.extend(load::FOLDERS.map(str::to_owned)),
        }
        let findings = match unfit {
            Unfit::Faults(faults) => diag::sorted(faults),
            Unfit::Disk(error) => {
                vec![Diagnostic::error("", Place::FILE, "disk", error.to_string())]
            }
        };
        let (change, doubt) = (Change::Nothing, Doubt::default());
        News { findings, change, doubt, scene: self.scene.clone() }
    }

    /// Whether a source has gone, or become shorter than it was taken in: it may be half-way through a save.
    #[must_use]
    pub fn is_doubtful(&self, path: &str) -> bool {
        let Ok(stamp) = self.site.look(path) else { return true };
        let archive = self.scene.as_ref().map(|scene| &scene.newsroom.archive);
        let known = archive.zip(path.rsplit_once('/')).and_then(|(archive, (folder, name))| {
            archive.folder(folder)?.files.into_iter().find(|file| file.name == name)
        });
        known.is_some_and(|known| stamp.len < known.stamp.len)
    }

    /// Makes what was taken in last, so that the next start begins with it. Nothing waits for this.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.store.as_ref().map_or(Ok(()), |store| store.settle())
    }

    fn look(
        &mut self,
        paths: Option<&[String]>,
        now: Timestamp,
        watch: &dyn Watch,
    ) -> Result<News, Unfit> {
        let owed = self.owed.iter().chain(self.broken.keys()).cloned();
        let changed = paths.map(|paths| paths.iter().cloned().chain(owed).collect());
        let options = Options { now, changed, ..self.options.clone() };
        let mut faults = Vec::new();
        let settings = sources::settings(&self.site, &mut faults);
        let settings = settings.ok_or(Unfit::Faults(faults))?;
        let looked = self.home.moment().map_err(Unfit::Disk)?;
        let (site, folder) = (self.site.clone(), OutputFolder::nowhere());
        let known = self.known.take();
        let build = Build {
            site: &site,
            options: &options,
            watch,
            folder: &folder,
            looked,
            leaves_out: true,
            known: known.as_ref(),
        };
        let taken = match self.narrow(&build, &settings) {
            Ok(None) => self.anew(&build, &settings),
            Ok(Some(taken)) => Ok(taken),
            Err(halt) => Err(halt),
        };
        watch.end();
        let taken = taken.map_err(unfit)?;
        let Some(store) = self.store.clone() else { return Err(Unfit::Faults(Vec::new())) };
        let news = self.show(store, taken, &build).map_err(Unfit::Faults)?;
        self.owed.clear();
        Ok(news)
    }

    /// With what is known; `None` if everything has to be read anew.
    fn narrow(
        &self,
        build: &Build<'_>,
        settings: &sources::Settings,
    ) -> Result<Option<Taken>, Halt> {
        let Some(store) = self.store.as_ref().filter(|_| !self.is_damaged()) else {
            return Ok(None);
        };
        let archive = store.snapshot()?;
        if scope::must_be_anew(build, &archive, settings) {
            return Ok(None);
        }
        let found = scope::detect(build, &archive)?;
        let mut attempt = Attempt::new(scope::reach(&found, scope::is_near));
        while attempt.scope != Scope::Anew {
            let hand = Hand { build, settings, store, kept: &self.kept, attempt: &attempt };
            match state::unharmed(|| hand.take(&archive, found.clone())) {
                Some(Ok(taken)) => return Ok(Some(taken)),
                Some(Err(halt)) => attempt.widen(halt)?,
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// From every source, into a store of its own, which then takes the place of the last one.
    fn anew(&mut self, build: &Build<'_>, settings: &sources::Settings) -> Result<Taken, Halt> {
        let found = load::walk(build.site, None)?;
        build.watch.step(found.n_files, found.n_bytes);
        let store = Arc::new(self.home.fresh()??);
        store.batch()?.show()?;
        let archive = store.snapshot()?;
        let attempt = &Attempt::new(Scope::Anew);
        let hand = Hand { build, settings, store: &store, kept: &self.kept, attempt };
        let taken = hand.take(&archive, found)?;
        store.settle()?;
        self.home.keep()?;
        self.store = Some(store);
        Ok(taken)
    }

    /// Whether what is shown met something in the store that cannot be read.
    fn is_damaged(&self) -> bool {
        self.scene.as_ref().is_some_and(|scene| scene.newsroom.archive.fault().is_some())
    }

    /// Makes the scene that is shown from now on.
    fn show(
        &mut self,
        store: Arc<Store>,
        taken: Taken,
        build: &Build<'_>,
    ) -> Result<News, Vec<Diagnostic>> {
        let Taken { newsroom, theme, of_theme, matcher, delta, broken, mut findings, read, scope } =
            taken;
        let mut is_new = theme.is_some();
        let theme = theme::same_or_new(theme, self.scene.as_deref());
        let theme = match theme {
            Some(theme) => theme,
            None => self.last_theme(&newsroom)?,
        };
        let stage = Stage {
            theme,
            sight: build.sight(),
            site: self.site.clone(),
            kept: Arc::clone(&self.kept),
            store,
        };
        let mut scene = Scene::new(newsroom, stage);
        let is_worn = self.scene.as_ref().is_some_and(|it| Arc::ptr_eq(&it.theme, &scene.theme));
        if is_new && !is_worn {
            let faults = theme::try_on(&scene);
            if !faults.is_empty() {
                findings.extend(faults);
                let last = self.last_theme(&scene.newsroom)?;
                scene = scene.wearing(last);
                is_new = false;
            }
        }
        let last = self.scene.as_deref();
        let change = last.map_or(Change::Pages, |last| news::compare(last, &scene, &delta, scope));
        let doubt = Doubt::of(last, &scene, (delta, scope, &change));
        if last.is_some() {
            self.keep(&read, &broken);
        }
        findings.extend(broken.values().flatten().cloned());
        self.broken = broken;
        // A theme that was read and cannot be worn is read again, so that its faults are told again.
        let registry = Arc::clone(&scene.newsroom.registry);
        let theme = is_new.then(|| (Arc::clone(&scene.theme), of_theme));
        self.known = Some(Shared { registry, matcher, theme });
        let scene = Arc::new(scene);
        self.scene = Some(Arc::clone(&scene));
        Ok(News { scene: Some(scene), change, doubt, findings: diag::sorted(findings) })
    }

    /// The theme that was shown last, else the built-in one.
    fn last_theme(&self, newsroom: &Newsroom) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        match &self.scene {
            Some(scene) => Ok(Arc::clone(&scene.theme)),
            None => {
                let (theme, faults) = Theme::read(&BTreeMap::new(), &newsroom.config.tags());
                theme.map(Arc::new).ok_or(faults)
            }
        }
    }

    /// Keeps what was taken in, for as long as its file may be at fault or half-written.
    fn keep(&self, read: &[String], broken: &BTreeMap<String, Vec<Diagnostic>>) {
        for path in read.iter().filter(|path| !broken.contains_key(*path)).take(MOST_KEPT) {
            let is_small = self.site.look(path).is_ok_and(|stamp| stamp.len <= LARGEST_KEPT);
            if let Some(bytes) = is_small.then(|| self.site.read(path).ok()).flatten() {
                self.kept.keep(path, bytes);
            }
        }
    }
}

fn unfit(halt: Halt) -> Unfit {
    match halt {
        Halt::Faults(faults) => Unfit::Faults(faults),
        Halt::Stopped(Stopped::Disk(error)) => Unfit::Disk(error),
        Halt::Stopped(stopped) => Unfit::Faults(stopped.diagnostics()),
        // The widest scope has nothing wider.
        Halt::Widen(_) | Halt::Forget(_) => Unfit::Faults(Vec::new()),
    }
}
