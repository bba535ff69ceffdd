//! What somebody types, as a question to the index.

use crate::analysis::{Run, pairs, runs};

/// Characters of what is typed that are looked at; nobody asks for longer.
pub const TYPED_MAX: usize = 100;
/// Runs that are looked at.
const RUNS_MAX: usize = 12;
/// Syllables that are left when a particle is taken off.
const STEM_MIN: usize = 2;

/// What Korean writes onto a word, the longest first.
const PARTICLES: [&str; 34] = [
    "에서는",
    "으로는",
    "이라고",
    "인가요",
    "있나요",
    "에서",
    "에게",
    "한테",
    "까지",
    "부터",
    "마다",
    "보다",
    "처럼",
    "이나",
    "이란",
    "라고",
    "에는",
    "에도",
    "으로",
    "인지",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "만",
    "로",
    "나",
];

/// What is asked around the thing that is looked for.
const ASIDES: [&str; 40] = [
    "어디",
    "어디서",
    "어디에",
    "어떻게",
    "무엇",
    "얼마",
    "얼마나",
    "누가",
    "누구",
    "언제",
    "있나요",
    "있어요",
    "인가요",
    "알려",
    "주세요",
    "알려주세요",
    "싶어요",
    "알고",
    "곳",
    "것",
    "수",
    "및",
    "등",
    "the",
    "of",
    "and",
    "a",
    "an",
    "to",
    "in",
    "for",
    "is",
    "are",
    "where",
    "how",
    "what",
    "do",
    "get",
    "my",
    "i",
];

/// A question in FTS5's language; none where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// Everything that was typed, as it was typed.
    pub(crate) strict: Option<String>,
    /// Any part of it.
    pub(crate) loose: Option<String>,
}

const IN_WORDS: &str = "{title keywords body} : ";
const IN_INITIALS: &str = "initials : ";

impl Question {
    pub(crate) fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(TYPED_MAX).collect();
        let mut strict = Vec::new();
        let mut loose = Vec::new();
        for run in runs(&typed).into_iter().take(RUNS_MAX) {
            match run {
                Run::Syllables(syllables) => {
                    let stem = stem(&syllables);
                    if is_aside(&syllables) || is_aside(stem) {
                        continue;
                    }
                    let pairs = pairs(stem);
                    strict.push(match stem {
                        [_] => format!("{IN_WORDS}{}*", quoted(&pairs)),
                        _ => format!("{IN_WORDS}{}", quoted(&pairs)),
                    });
                    loose.extend(pairs.into_iter().map(|it| quoted(&[it])));
                }
                // One consonant begins nearly anything.
                Run::Initials(consonants) if consonants.len() < 2 => {}
                Run::Initials(consonants) => {
                    strict.push(format!("{IN_INITIALS}{}", quoted(&pairs(&consonants))));
                }
                Run::Word(word) if ASIDES.contains(&word.as_str()) => {}
                // It may be typed on.
                Run::Word(word) => {
                    let word = format!("{}*", quoted(&[word]));
                    strict.push(format!("{IN_WORDS}{word}"));
                    loose.push(word);
                }
            }
        }
        loose.dedup();
        let all = |parts: &[String], between| (!parts.is_empty()).then(|| parts.join(between));
        let strict: Vec<String> = strict.iter().map(|it| format!("({it})")).collect();
        Self {
            strict: all(&strict, " AND "),
            loose: all(&loose, " OR ").map(|any| format!("{IN_WORDS}({any})")),
        }
    }
}

/// Terms that must follow each other. They are letters and digits alone: no quote can
/// end the quotes.
fn quoted(terms: &[String]) -> String {
    format!("\"{}\"", terms.join(" "))
}

fn is_aside(syllables: &[char]) -> bool {
    ASIDES
        .iter()
        .any(|it| it.chars().eq(syllables.iter().copied()))
}

/// A word without its particle, where enough is left.
fn stem(word: &[char]) -> &[char] {
    let cut = PARTICLES.iter().find_map(|particle| {
        let particle: Vec<char> = particle.chars().collect();
        let stem = word.strip_suffix(particle.as_slice())?;
        (stem.len() >= STEM_MIN).then_some(stem)
    });
    cut.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn strict(typed: &str) -> String {
        Question::new(typed).strict.unwrap_or_default()
    }

    #[test]
    fn a_particle_goes_where_a_word_is_left() {
        assert_eq!(strict("도서관에서는"), strict("도서관"));
        assert_eq!(strict("미세먼지를"), strict("미세먼지"));
        assert_ne!(strict("놀이"), strict("놀"));
    }

    #[test]
    fn what_is_asked_around_a_thing_is_not_looked_for() {
        assert_eq!(strict("도서관이 어디에 있나요?"), strict("도서관"));
        assert_eq!(strict("where is the library"), strict("library"));
        assert_eq!(Question::new("어디에 있나요"), Question::default());
    }

    #[test]
    fn the_index_s_own_language_cannot_be_typed() {
        for typed in [
            "\" OR title : \"a",
            "title:도서관",
            "a* NEAR(b, 3)",
            "^도서관 - {body}",
            "') ; DROP TABLE entry; --",
        ] {
            let question = Question::new(typed);
            let written = question.strict.unwrap() + &question.loose.unwrap();
            // What is left without what stands between quotes is written here.
            let mut left: String = written.split('"').step_by(2).collect();
            for ours in ["title keywords body", "AND", "OR"] {
                left = left.replace(ours, "");
            }
            assert!(
                left.chars().all(|it| "(){}:* ".contains(it)),
                "{typed}: {left}"
            );
        }
    }

    #[test]
    fn a_question_is_bounded() {
        let long = "가나다라 ".repeat(10_000);

        assert!(strict(&long).len() < 4_000);
        assert_eq!(Question::new("\"*:"), Question::default());
    }
}
