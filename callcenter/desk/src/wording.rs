//! Amounts, moments and counts in the agent's language.

use catalog::{Bilingual, Catalog, Service};
use request::Timestamp;
use sheet::won;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Korean,
    English,
}

impl Language {
    /// The ISO 639-1 code, also the name of the language's folder.
    pub fn code(self) -> &'static str {
        match self {
            Language::Korean => "ko",
            Language::English => "en",
        }
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Language::Korean => Language::English,
            Language::English => Language::Korean,
        }
    }

    pub(crate) fn of(self, text: &Bilingual) -> String {
        text.in_language(self.code()).to_owned()
    }

    pub(crate) fn say(self, ko: &str, en: &str) -> String {
        match self {
            Language::Korean => ko.to_owned(),
            Language::English => en.to_owned(),
        }
    }

    /// A language by its BCP 47 tag, as agents call it.
    pub(crate) fn name_of(self, tag: &str) -> String {
        let primary = tag.split('-').next().unwrap_or(tag);
        match primary {
            "ko" => self.say("한국어", "Korean"),
            "en" => self.say("영어", "English"),
            "zh" => self.say("중국어", "Chinese"),
            "ja" => self.say("일본어", "Japanese"),
            "vi" => self.say("베트남어", "Vietnamese"),
            "ar" => self.say("아랍어", "Arabic"),
            "th" => self.say("태국어", "Thai"),
            "ru" => self.say("러시아어", "Russian"),
            "mn" => self.say("몽골어", "Mongolian"),
            "uz" => self.say("우즈베크어", "Uzbek"),
            _ => tag.to_owned(),
        }
    }

    pub(crate) fn price(self, amount_won: u32) -> String {
        match (amount_won, self) {
            (0, _) => self.say("무료", "Free"),
            (amount, Language::Korean) => won(amount),
            (amount, Language::English) => won(amount).replace('원', " won"),
        }
    }

    pub(crate) fn copies(self, copies: u32) -> String {
        self.say(&format!("{copies}부"), &copies.to_string())
    }

    /// `09:12`, with the day in front when it was another one.
    pub(crate) fn clock_time(self, at: Timestamp, now: Timestamp) -> String {
        let (then, today) = (at.local(), now.local());
        let (hour, minute) = (then.minute_of_day / 60, then.minute_of_day % 60);
        let time = format!("{hour:02}:{minute:02}");
        if then.to_string() == today.to_string() {
            return time;
        }
        let day = self.say(
            &format!("{}월 {}일", then.month, then.day),
            &then.to_string(),
        );
        format!("{day} {time}")
    }

    /// The day as people say it.
    pub(crate) fn day(self, at: Timestamp) -> String {
        let then = at.local();
        self.say(
            &format!("{}월 {}일", then.month, then.day),
            &then.to_string(),
        )
    }

    /// The fee of one copy; a range where the place decides.
    pub(crate) fn fee(
        self,
        catalog: &Catalog,
        service: &Service,
        jurisdiction: &str,
        now: Timestamp,
    ) -> String {
        let quote = |code: &str| {
            let answer = |_: &str| Some(code.to_owned());
            let fee = catalog.fee(service, &answer, jurisdiction, now.local(), self.code());
            fee.map_or(0, |fee| fee.unit_won)
        };
        let (inside, outside) = (quote(jurisdiction), quote("00000"));
        if service.fee.place.is_none() || inside == outside {
            return self.price(inside);
        }
        let (less, more) = (inside.min(outside), inside.max(outside));
        format!("{}–{}", self.price(less), self.price(more))
    }
}

/// `4:05`, or `1:02:05` from an hour on.
pub(crate) fn stopwatch(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_another_day_say_which() {
        let morning = Timestamp::from_millis(1_795_482_000_000);
        let next = Timestamp::from_millis(1_795_482_000_000 + 86_400_000);

        assert_eq!(Language::Korean.clock_time(morning, morning), "10:00");
        assert_eq!(
            Language::Korean.clock_time(morning, next),
            "11월 24일 10:00"
        );
    }

    #[test]
    fn a_stopwatch_needs_no_hours_at_first() {
        assert_eq!(stopwatch(245), "4:05");
        assert_eq!(stopwatch(3_725), "1:02:05");
    }
}
