//! What spellings of a foreign name have in common. In: letters of a word. Out: its [`Skeleton`]: equal ones may be one
//! name, so an editor is asked; nothing is linked by them.

/// A word by what Arabic writes of a foreign name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skeleton {
    /// Classes of letters, with long vowels.
    pub sounds: Vec<char>,
    /// The same without the vowels within.
    pub consonants: String,
}

impl Skeleton {
    /// The skeleton of a word, as [`letters`](super::letters::letters) gives it.
    #[must_use]
    pub fn of(word: &[char]) -> Self {
        let mut sounds: Vec<char> = Vec::with_capacity(word.len());
        let last = word.len().saturating_sub(1);
        for (at, c) in word.iter().enumerate() {
            // Double letters are often written once.
            if at == 0 || word.get(at - 1) != Some(c) {
                sounds.push(sound(*c, at == 0, at == last));
            }
        }
        let last = sounds.len().saturating_sub(1);
        let is_within = |(at, c): &(usize, &char)| *at == 0 || *at == last || !is_vowel(**c);
        let consonants = sounds.iter().enumerate().filter(is_within).map(|(_, c)| *c).collect();
        Self { sounds, consonants }
    }

    /// How many sounds are no vowels, nor what ends a word as one.
    #[must_use]
    pub fn n_consonants(&self) -> usize {
        self.sounds.iter().filter(|c| !is_vowel(**c) && !matches!(c, 'A' | 'ء')).count()
    }

    /// Whether two words of one [`consonants`](Self::consonants) differ in so little that one may be the other's spelling:
    /// alike at both ends, and within by one long vowel more or less. Another vowel makes another word.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        let (a, b) = (&self.sounds, &other.sounds);
        let is_one_more = a.len() != b.len() && differ(a, b) == 1;
        a.first() == b.first() && a.last() == b.last() && (a == b || is_one_more)
    }
}

fn is_vowel(sound: char) -> bool {
    matches!(sound, 'a' | 'w' | 'y')
}

/// What is written for one sound.
fn sound(c: char, is_first: bool, is_last: bool) -> char {
    match c {
        // A j is yeh or jeem at the beginning of names.
        'ي' | 'ی' if is_first => 'g',
        'ا' | 'ه' | 'ى' | 'ة' | 'ہ' if is_last && !is_first => 'A',
        'ا' | 'أ' | 'إ' | 'آ' => 'a',
        'و' | 'ؤ' => 'w',
        'ي' | 'ئ' | 'ى' | 'ی' => 'y',
        'غ' | 'ج' | 'ق' | 'ك' | 'گ' | 'چ' => 'g',
        'ت' | 'ط' | 'ث' | 'س' | 'ص' => 't',
        'د' | 'ض' => 'd',
        'ذ' | 'ز' | 'ظ' => 'z',
        'ب' | 'پ' => 'b',
        'ف' | 'ڤ' => 'f',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// How many letters must be put in, left out or changed to make one word of the other; 2 stands for more.
#[must_use]
pub fn differ(a: &[char], b: &[char]) -> usize {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    match (a.len(), b.len()) {
        (0, 0) => 0,
        (0 | 1, 0 | 1) => 1,
        _ => 2,
    }
}
