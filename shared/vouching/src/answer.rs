//! What counts as the same answer, however it was said and typed.

use catalog::AnswerKind;
use privacy::Personal;
use unicode_normalization::UnicodeNormalization;

/// An answer in the one form in which answers are compared; it holds nothing when
/// the text says nothing of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Answer(Personal<String>);

impl Answer {
    /// What somebody said and an agent typed.
    pub(crate) fn given(kind: AnswerKind, text: &Personal<String>) -> Option<Self> {
        let text = text.reveal();
        match kind {
            AnswerKind::Name | AnswerKind::Street | AnswerKind::Neighborhood => plain(text),
            AnswerKind::YearMonth => year_month(text),
        }
    }

    /// What a field of the record says.
    pub(crate) fn recorded(kind: AnswerKind, field: &str) -> Option<Self> {
        match kind {
            AnswerKind::Name => plain(field),
            AnswerKind::Street => words(field)
                .find(|it| is_street(it))
                .and_then(|it| plain(&it)),
            AnswerKind::Neighborhood => {
                let (_, bracketed) = field.rsplit_once('(')?;
                words(bracketed).next().and_then(|it| plain(&it))
            }
            AnswerKind::YearMonth => year_month(field),
        }
    }
}

/// Letters and digits alone, in small letters; full-width and half-width forms and
/// Hangul written in single letters are the same (Unicode NFKC).
fn plain(text: &str) -> Option<Answer> {
    let kept: String = text.nfkc().filter(|it| it.is_alphanumeric()).collect();
    let kept = kept.to_lowercase();
    (!kept.is_empty()).then(|| Answer(Personal::new(kept)))
}

fn words(address: &str) -> impl Iterator<Item = String> {
    let separates = |it: char| it.is_whitespace() || matches!(it, ',' | '(' | ')');
    address
        .split(separates)
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
}

/// Road Name Address Act, enforcement decree, art. 8: names of roads end like this.
fn is_street(word: &str) -> bool {
    ["로", "길", "-ro", "-gil"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// `2015-01-23`, `2015년 1월`, `2015.1`, `201501` are all the same month.
fn year_month(text: &str) -> Option<Answer> {
    let text: String = text.nfkc().collect();
    let numbers: Vec<&str> = text
        .split(|it: char| !it.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .collect();
    let (year, month) = match numbers.as_slice() {
        [whole] if whole.len() == 6 || whole.len() == 8 => (&whole[..4], &whole[4..6]),
        [year, month] | [year, month, _] if year.len() == 4 => (*year, *month),
        _ => return None,
    };
    let month: u32 = month.parse().ok().filter(|it| (1..=12).contains(it))?;
    Some(Answer(Personal::new(format!("{year}-{month:02}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(kind: AnswerKind, text: &str) -> Option<Answer> {
        Answer::given(kind, &Personal::new(text.to_owned()))
    }

    const ADDRESS: &str = "한빛시 가온구 다온로 133, 103동 201호 (다온동)";

    #[test]
    fn a_street_is_the_same_however_it_is_spaced_and_written() {
        let street = Answer::recorded(AnswerKind::Street, ADDRESS);

        assert!(street.is_some());
        let in_single_letters: String = "다온로".nfd().collect();
        for text in ["다온로", " 다 온 로. ", in_single_letters.as_str()] {
            assert_eq!(given(AnswerKind::Street, text), street);
        }
        for text in ["다온동", "다온로133", "다온", "한빛시 가온구 다온로"] {
            assert_ne!(given(AnswerKind::Street, text), street, "{text}");
        }
    }

    #[test]
    fn a_street_is_found_in_an_english_address_too() {
        let english = "103-201, 133 Daon-ro, Gaon-gu, Hanbit-si";

        let street = Answer::recorded(AnswerKind::Street, english);

        assert_eq!(given(AnswerKind::Street, "DAON-RO"), street);
        assert_eq!(given(AnswerKind::Street, "daon ro"), street);
        assert_eq!(Answer::recorded(AnswerKind::Neighborhood, english), None);
    }

    #[test]
    fn a_neighborhood_is_what_stands_in_the_last_brackets() {
        let recorded = Answer::recorded(AnswerKind::Neighborhood, ADDRESS);

        assert_eq!(recorded, given(AnswerKind::Neighborhood, "다온동"));
        assert_ne!(recorded, given(AnswerKind::Neighborhood, "103동"));
    }

    #[test]
    fn a_month_is_a_month_in_whatever_form() {
        let recorded = Answer::recorded(AnswerKind::YearMonth, "2015-01-23");

        for text in [
            "2015년 1월",
            "2015-01",
            "2015.1.",
            "201501",
            "２０１５ ０１",
        ] {
            assert_eq!(given(AnswerKind::YearMonth, text), recorded, "{text}");
        }
        for text in [
            "2015",
            "1월",
            "15년 1월",
            "2015년 13월",
            "2015 01 23 2016 02 03",
            "",
        ] {
            assert_eq!(given(AnswerKind::YearMonth, text), None, "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_answer() {
        for text in ["", "  ", "?!", "\u{200b}", "…"] {
            assert_eq!(given(AnswerKind::Name, text), None);
        }
        assert_eq!(
            given(AnswerKind::Name, "han  BITNA"),
            Answer::recorded(AnswerKind::Name, "HAN BITNA")
        );
    }
}
