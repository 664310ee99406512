//! No two outputs share a file. In: the outputs to publish, and what the archive says is published already. Out: a
//! [`Proof`]. [`Planner::prove`] is the entry for all outputs, [`Planner::prove_near`] for some beside what is there.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::{Planner, machine};
use crate::{
    archive::Output as PublishedOutput,
    diag::{Diagnostic, Place},
    model::{page_id::PageId, route::Route},
};

/// Bytes of a file's name: file systems allow 255, of which a temporary suffix needs ten.
const LONGEST_NAME: usize = 245;

/// Whether outputs may be published beside each other.
#[derive(Debug)]
pub enum Proof {
    /// They may.
    Holds,
    /// They may not, and why.
    Fails(Vec<Diagnostic>),
    /// One of them stands where something else stood; only all outputs together can tell.
    Open,
}

impl Planner<'_> {
    /// Proves that every output stands inside the output folder under a name that is not brief's own, that no two share a
    /// file, also where a file system folds case or composes letters, and that none needs a folder where another has a
    /// file.
    #[must_use]
    pub fn prove(&self, ids: &[PageId]) -> Proof {
        let mut diagnostics = self.clashing_redirects();
        // Two routes with one hash are looked at again by their text.
        let keys: Vec<Vec<u64>> = ids
            .par_iter()
            .map(|id| self.file_key(id).map_or_else(Vec::new, |key| hashes(&key)))
            .collect();
        let bad = ids.par_iter().filter_map(|id| self.bad_route(id));
        diagnostics.par_extend(bad);
        let mut files: HashMap<u64, usize> = HashMap::with_capacity(ids.len());
        let mut suspects: HashSet<usize> = HashSet::new();
        for (at, hashes) in keys.iter().enumerate() {
            if let Some(other) = hashes.last().and_then(|file| files.insert(*file, at)) {
                suspects.extend([at, other]);
            }
        }
        for (at, hashes) in keys.iter().enumerate() {
            let folders = hashes.iter().take(hashes.len().saturating_sub(1));
            for other in folders.filter_map(|folder| files.get(folder)) {
                suspects.extend([at, *other]);
            }
        }
        let mut suspects: Vec<usize> = suspects.into_iter().collect();
        suspects.sort_unstable();
        let suspects = suspects.into_iter().filter_map(|at| ids.get(at));
        diagnostics.extend(self.clashes(suspects));
        if diagnostics.is_empty() { Proof::Holds } else { Proof::Fails(diagnostics) }
    }

    /// Proves the same for some outputs among all that are published.
    #[must_use]
    pub fn prove_near(&self, ids: &[PageId], left: &[Route]) -> Proof {
        let bad: Vec<_> = ids.iter().filter_map(|id| self.bad_route(id)).collect();
        if !bad.is_empty() {
            return Proof::Fails(bad);
        }
        let archive = &self.newsroom.archive;
        let mut claims: BTreeMap<String, &PageId> = BTreeMap::new();
        for id in ids {
            let Some(file) = self.route(id).map(|route| route.file()) else { continue };
            if claims.insert(PublishedOutput::key(&file).into_owned(), id).is_some() {
                return Proof::Open;
            }
            match archive.output(&file) {
                Some(output) if output.published.owner == id.number() => {}
                // What stood there may be going; or it is a clash.
                Some(_) => return Proof::Open,
                None => {
                    let mut folders = file.match_indices('/').map(|(at, _)| &file[..at]);
                    if folders.any(|folder| archive.output(folder).is_some())
                        || archive.output_below(&format!("{file}/")).is_some()
                    {
                        return Proof::Open;
                    }
                }
            }
            if let PageId::Redirect(from) = id
                && machine::redirects(self.newsroom)
                    .iter()
                    .filter(|it| it.0.as_str() == &**from)
                    .count()
                    > 1
            {
                return Proof::Open;
            }
        }
        // A new file among the claims may need a folder where another claim, or what is about to go, is a file.
        let folders =
            claims.keys().flat_map(|key| key.match_indices('/').map(|(at, _)| &key[..at]));
        let gone: HashSet<String> =
            left.iter().map(|route| PublishedOutput::key(&route.file()).into_owned()).collect();
        let mut folders =
            folders.filter(|folder| claims.contains_key(*folder) || gone.contains(*folder));
        if folders.next().is_some() { Proof::Open } else { Proof::Holds }
    }

    fn file_key(&self, id: &PageId) -> Option<String> {
        Some(PublishedOutput::key(&self.route(id)?.file()).into_owned())
    }

    fn bad_route(&self, id: &PageId) -> Option<Diagnostic> {
        let is_bad = |name: &str| {
            matches!(name, "" | "." | "..")
                || name.len() > LONGEST_NAME
                || name.contains(|c: char| c.is_control() || c == '\\')
        };
        let route = self.route(id)?;
        let file = route.file();
        if !file.starts_with(".brief-output") && !file.split('/').any(is_bad) {
            return None;
        }
        let message = format!("`{route}` is not an address that can be published");
        Some(
            Diagnostic::error(&self.owner(id), Place::FILE, "bad-route", message)
                .hint("write a path without `..`, `//` and control characters"),
        )
    }

    /// Old addresses that several things ask for.
    fn clashing_redirects(&self) -> Vec<Diagnostic> {
        let redirects = machine::redirects(self.newsroom);
        let pairs = redirects.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        pairs.map(|pair| clash((&pair[1].0, &pair[1].2), (&pair[0].0, &pair[0].2))).collect()
    }

    /// Which of some outputs clash with which.
    fn clashes<'i>(&self, ids: impl Iterator<Item = &'i PageId>) -> Vec<Diagnostic> {
        let mut owners: BTreeMap<String, (Route, String)> = BTreeMap::new();
        let mut diagnostics = Vec::new();
        let mut keys = Vec::new();
        for id in ids {
            let (Some(key), Some(route)) = (self.file_key(id), self.route(id)) else { continue };
            let owner = self.owner(id);
            keys.push((key.clone(), route.clone(), owner.clone()));
            if let Some((other_route, other)) = owners.insert(key, (route.clone(), owner.clone())) {
                diagnostics.push(clash((&route, &owner), (&other_route, &other)));
            }
        }
        for (key, route, owner) in &keys {
            let folders = key.match_indices('/').map(|(at, _)| &key[..at]);
            for (other_route, other) in folders.filter_map(|folder| owners.get(folder)) {
                diagnostics.push(clash((route, owner), (other_route, other)));
            }
        }
        diagnostics
    }
}

/// Of every folder of a file, outermost first, and of the file itself.
fn hashes(key: &str) -> Vec<u64> {
    let hash = |text: &str| crate::model::links::path_key(text);
    let folders = key.match_indices('/').map(|(at, _)| hash(&key[..at]));
    folders.chain([hash(key)]).collect()
}

fn clash((route, owner): (&Route, &str), (other_route, other): (&Route, &str)) -> Diagnostic {
    let same = if route == other_route {
        format!("`{route}` is also the address of {other}")
    } else {
        format!("`{route}` and `{other_route}` of {other} are one file on some disks")
    };
    let hint = if [owner, other].iter().all(|it| it.starts_with("content/entities/")) {
        "delete the file that was merged, or give one of the two another file name or `redirect_from`"
    } else {
        "give one of the two another `slug`, file name or alias"
    };
    Diagnostic::error(owner, Place::FILE, "route-clash", same).hint(hint)
}
