//! The languages of a site. In: the settings. Out: [`Tongue`], a language by its place among them, and which of them a tag or
//! the name of a file means.

use serde::{Deserialize, Serialize};

use super::config::{Config, Language};

/// A language of a site by its place among `languages`; the site's own is the first.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Tongue(pub u8);

impl Tongue {
    /// The site's own language.
    pub const OWN: Self = Self(0);

    /// More languages than this no site may have: the archive keeps a tongue in six bits.
    pub const MOST: usize = 60;
}

impl Config {
    /// Every language of the site, its own first.
    pub fn tongues(&self) -> impl DoubleEndedIterator<Item = Tongue> + use<> {
        (0..u8::try_from(self.languages.len()).unwrap_or(u8::MAX).max(1)).map(Tongue)
    }

    /// Whether the site is published in more than one language.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.languages.len() > 1
    }

    /// What is set for a language; the site's own for one that there is not.
    #[must_use]
    pub fn language_of(&self, tongue: Tongue) -> Option<&Language> {
        self.languages.get(usize::from(tongue.0))
    }

    /// The tag of a language: `en`.
    #[must_use]
    pub fn tag(&self, tongue: Tongue) -> &str {
        self.language_of(tongue).map_or(&self.language, |language| &language.tag)
    }

    /// The tags of all languages, the site's own first.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        self.languages.iter().map(|language| language.tag.as_str()).collect()
    }

    /// The language that a tag means: the one with that tag, else the only one of that primary language.
    #[must_use]
    pub fn tongue(&self, tag: &str) -> Option<Tongue> {
        let tagged = || self.tongues().zip(&self.languages);
        let mut exact = tagged().filter(|(_, it)| it.tag.eq_ignore_ascii_case(tag));
        if let Some((tongue, _)) = exact.next() {
            return Some(tongue);
        }
        let mut kindred = tagged().filter(|(_, it)| primary(&it.tag).eq_ignore_ascii_case(tag));
        let (tongue, _) = kindred.next()?;
        kindred.next().is_none().then_some(tongue)
    }

    /// The stem of a content file without the language at its end, and that language: `summit.en` is `summit` in English.
    #[must_use]
    pub fn tongue_of_stem<'s>(&self, stem: &'s str) -> (&'s str, Option<Tongue>) {
        let parts = stem.rsplit_once('.').filter(|_| self.is_multilingual());
        match parts.and_then(|(base, tag)| Some((base, self.tongue(tag)?))) {
            Some((base, tongue)) if !base.is_empty() => (base, Some(tongue)),
            _ => (stem, None),
        }
    }

    /// What the addresses of a language begin with: nothing for the site's own, `/en` for English.
    #[must_use]
    pub fn prefix(&self, tongue: Tongue) -> String {
        match self.language_of(tongue) {
            Some(language) if tongue != Tongue::OWN => {
                format!("/{}", language.tag.to_ascii_lowercase())
            }
            _ => String::new(),
        }
    }

    /// The settings as they are for one language of the site.
    #[must_use]
    pub fn in_tongue(&self, tongue: Tongue) -> Self {
        let mut config = self.clone();
        if let Some(language) = self.language_of(tongue).filter(|_| tongue != Tongue::OWN) {
            let Language {
                tag, title, description, nav, numerals, months, second_calendar, ..
            } = language.clone();
            config.language = tag;
            // A publisher who is called as the site is called so in every language.
            if let Some(title) = title.as_ref().filter(|_| config.publisher.name == config.title) {
                config.publisher.name.clone_from(title);
            }
            config.title = title.unwrap_or(config.title);
            config.description = description.unwrap_or_default();
            config.nav = nav;
            (config.numerals, config.months) = (numerals, months);
            config.second_calendar = second_calendar;
        }
        config
    }
}

/// The primary subtag: `ar` of `ar-SA`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
