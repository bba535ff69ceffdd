//! The thread that speaks: whoever is told something new need not hear the old to its end.

use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread::JoinHandle,
};

use privacy::Personal;

use crate::{Headphones, Output, Voice};

/// One thing to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub words: Personal<String>,
    /// ISO 639-1.
    pub language: &'static str,
    /// Percent of the usual speed, and of the loudest.
    pub rate: u16,
    pub volume: u8,
    /// In place of what is being said, or behind it.
    pub cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Say(Saying),
    Silence,
    Pause(bool),
}

enum Told {
    Order(Order),
    End,
}

/// Speaks until it is dropped.
pub struct Speaker {
    orders: Sender<Told>,
    thread: Option<JoinHandle<()>>,
}

impl Speaker {
    /// # Errors
    /// When the machine has no thread for it.
    pub fn start(voice: impl Voice + 'static, output: Output) -> io::Result<Self> {
        let (orders, heard) = channel();
        let thread = std::thread::Builder::new()
            .name("speaker".to_owned())
            .spawn(move || speak(&voice, &output, &heard))?;
        Ok(Self {
            orders,
            thread: Some(thread),
        })
    }

    /// Where orders go; they are carried out one after the other.
    pub fn orders(&self) -> impl Fn(Order) + Clone + 'static {
        let orders = self.orders.clone();
        // Fails only when the speaker has ended.
        move |order| drop(orders.send(Told::Order(order)))
    }
}

fn speak(voice: &impl Voice, output: &Output, heard: &Receiver<Told>) {
    let mut headphones = None;
    while let Ok(Told::Order(first)) = heard.recv() {
        let mut ends = false;
        let others = heard.try_iter().map_while(|told| match told {
            Told::Order(order) => Some(order),
            Told::End => {
                ends = true;
                None
            }
        });
        for order in what_counts(std::iter::once(first).chain(others)) {
            match order {
                Order::Say(saying) => say(voice, output, &mut headphones, &saying),
                Order::Silence => {
                    if let Some(headphones) = &mut headphones {
                        headphones.silence();
                    }
                }
                Order::Pause(paused) => {
                    if let Some(headphones) = &mut headphones {
                        headphones.pause(paused);
                    }
                }
            }
        }
        if ends {
            return;
        }
    }
}

/// What was said before something that cuts it short is not even begun.
fn what_counts(orders: impl Iterator<Item = Order>) -> Vec<Order> {
    let mut counts = Vec::new();
    for order in orders {
        if matches!(
            &order,
            Order::Silence | Order::Say(Saying { cut: true, .. })
        ) {
            counts.clear();
        }
        counts.push(order);
    }
    counts
}

/// Headphones that could not be opened are tried again with the next words.
fn say(voice: &impl Voice, output: &Output, open: &mut Option<Headphones>, saying: &Saying) {
    let sound = match voice.speak(&saying.words, saying.language, saying.rate) {
        Ok(sound) => sound,
        Err(error) => {
            let language = saying.language;
            return tracing::error!(%error, language, "Something could not be spoken");
        }
    };
    if open.is_none() {
        *open = Headphones::open(output)
            .map_err(|error| tracing::error!(%error, "Nobody can listen"))
            .ok();
    }
    if let Some(headphones) = open {
        let played = headphones.play(sound, saying.volume, saying.cut);
        if let Err(error) = played {
            tracing::error!(%error, "Something could not be played");
            *open = None;
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        let _ = self.orders.send(Told::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(words: &str, cut: bool) -> Order {
        Order::Say(Saying {
            words: Personal::new(words.to_owned()),
            language: "ko",
            rate: 100,
            volume: 60,
            cut,
        })
    }

    #[test]
    fn of_many_words_at_once_only_the_last_that_cuts_and_what_follows_are_said() {
        let (news, title) = (saying("news", true), saying("title", false));
        let orders = [
            saying("old", true),
            Order::Pause(true),
            news.clone(),
            title.clone(),
        ];

        assert_eq!(what_counts(orders.into_iter()), [news, title]);
    }
}
