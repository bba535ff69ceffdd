//! An operator's own account: who they are here, and another passphrase.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Query, State},
    response::{Html, Redirect},
};
use maud::{Markup, html};
use privacy::Personal;

use super::{
    Peer,
    fault::Fault,
    form::{Filled, form},
    passphrase, role,
    screen::{self, Asked, Done, Place},
    session::Stamp,
    signed::Signed,
};
use crate::http::Exchange;

pub(super) async fn show(who: Signed, Query(asked): Query<Asked>) -> Html<String> {
    let language = who.language;
    let body = html! {
        section.card {
            h2 { (who.name) }
            p { (role::title(who.role, language)) ". " (role::explained(who.role, language)) }
        }
        section.card {
            h2 { (language.say("암호 문구 바꾸기", "Change the passphrase")) }
            (form(&who, Place::Account.path(), &fields(&who)))
        }
    };
    screen::page(&who, Place::Account, asked.done, &body)
}

fn fields(who: &Signed) -> Markup {
    let language = who.language;
    html! {
        label for="name" { (language.say("이름", "Name")) }
        input #name name="name" type="text" value=(who.name) readonly autocomplete="username";
        label for="current" { (language.say("지금 암호 문구", "Present passphrase")) }
        input #current name="current" type="password" required maxlength="512"
            autocomplete="current-password";
        label for="new" { (language.say("새 암호 문구", "New passphrase")) }
        p.hint #new-hint { (language.say(
            "12자 이상이에요. 낱말 몇 개를 이어 쓰면 외우기 쉬워요.",
            "At least 12 letters. A few words in a row are easy to remember.",
        )) }
        input #new name="new" type="password" required minlength="12" maxlength="512"
            autocomplete="new-password" aria-describedby="new-hint";
        label for="again" { (language.say("새 암호 문구 다시", "New passphrase again")) }
        input #again name="again" type="password" required maxlength="512"
            autocomplete="new-password";
        button type="submit" { (language.say("암호 문구 바꾸기", "Change the passphrase")) }
    }
}

/// In the audit, after "was refused to".
const OWN_PASSPHRASE: &str = "change the passphrase";

pub(super) async fn change(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Filled { who, mut fields }: Filled,
) -> Result<Redirect, Fault> {
    let [current, new, again] = ["current", "new", "again"].map(|it| fields.take(it));
    if new != again {
        return Err(Fault::Field(
            "새 암호 문구 두 개가 서로 달라요. 같은 문구를 두 번 써 주세요.",
            "The new passphrases differ. Write the same one twice.",
        ));
    }
    let store = &exchange.issuer.store;
    let operator = store.operator(&who.name)?.ok_or(Fault::SignedOut)?;
    let (console, place) = (&exchange.console, peer.place());
    let _turn = console.turn().await?;
    console.may_try(&who.name, place)?;
    let hashed = tokio::task::spawn_blocking(move || {
        let [current, new] = [current, new].map(Personal::new);
        let fits = passphrase::fits(&current, Some(&operator.passphrase));
        fits.then(|| passphrase::hash(&new))
    });
    let hashed = hashed.await.map_err(|_| Fault::NotNow)?;
    let now = exchange.issuer.clock.now();
    let Some(hash) = hashed else {
        console.was_wrong(&who.name, place);
        store.note(&who.name, "was refused to", OWN_PASSPHRASE, now)?;
        return Err(Fault::Field(
            "지금 암호 문구가 맞지 않아요. 아무것도 바꾸지 않았어요.",
            "The present passphrase is wrong. Nothing was changed.",
        ));
    };
    let hash = hash?;
    store.give_passphrase(&who.name, &hash, &who.name, now)??;
    let mut sessions = exchange.console.sessions();
    sessions.stamp(who.session, Stamp::of(&hash));
    Ok(Done::PassphraseChanged.at(Place::Account.path()))
}
