//! The call centre of a story: the whole switch, certified by the office beside it.

use std::{fs, path::Path, time::Duration};

use baresip::Baresip;
use request::{StationId, Timestamp};
use tests::office::Office;

use crate::{
    booth::{Booth, Way},
    open_switch::{OpenSwitch, PASSPHRASE},
    sound::Sound,
};

pub(crate) const AGENT: &str = "kim.2";
/// By which stations reach it, and the roster lists it.
const NAME: &str = "127.0.0.1";

pub(crate) struct Center(OpenSwitch);

impl Center {
    /// Beside the office whose authority its stations have.
    pub(crate) fn open(office: &Office) -> Self {
        Self::with(office, OpenSwitch::of)
    }

    /// The same, where telephones stand beside the desks.
    pub(crate) fn open_beside_telephones(office: &Office) -> Self {
        Self::with(office, OpenSwitch::beside_telephones)
    }

    /// The same, where agents are asked how calls ended.
    pub(crate) fn open_asking(office: &Office) -> Self {
        Self::with(office, OpenSwitch::asking)
    }

    fn with(
        office: &Office,
        open: impl FnOnce(&Path, &str, Option<Timestamp>) -> OpenSwitch,
    ) -> Self {
        let folder = office.folder().join("center");
        fs::create_dir_all(&folder).unwrap();
        let (data, year) = (office.folder().join("data"), Duration::from_hours(24 * 365));
        let names = [NAME.to_owned()];
        let into = folder.join("credentials");
        let roster = office.folder().join("stations.toml");
        exchange::certify_switch(&data, &roster, &names, &into, office.clock(), year).unwrap();
        Self(open(&folder, AGENT, Some(office.clock())))
    }

    /// How a station finds it, and what it speaks and hears with.
    pub(crate) fn settings(&self, credentials: &Path, sound: &Sound) -> String {
        self.without_sound(credentials) + &sound.settings()
    }

    /// The same where a telephone stands beside the station.
    pub(crate) fn without_sound(&self, credentials: &Path) -> String {
        let desks = self.0.desks;
        format!("[switch]\naddress = \"{desks}\"\ncredentials = {credentials:?}\n")
    }

    /// A whole desk of the center, which reaches the exchange at `url`; it speaks and
    /// hears with a sound of its own, or not at all.
    pub(crate) fn desk(
        &self,
        office: &Office,
        url: String,
        station: &str,
        sound: Option<&Sound>,
    ) -> Booth {
        let credentials = office.enroll_desk(&StationId::new(station));
        let more = match sound {
            Some(sound) => self.settings(&credentials, sound),
            None => self.without_sound(&credentials),
        };
        let way = Way {
            url,
            credentials,
            agent: None,
        };
        Booth::at(station, way, &more)
    }

    /// The telephone that stands beside an agent's desk.
    pub(crate) fn telephone(&self, agent: &str, says: f64) -> Baresip {
        let registrar = self.0.calls.to_string();
        Baresip::registers(agent, &format!("secret-{agent}"), &registrar, says)
    }

    /// Somebody telephones the center.
    pub(crate) fn is_called(&self, number: &str, says: f64) -> Baresip {
        Baresip::calls(number, &format!("sip:110@{}", self.0.calls), says)
    }

    /// An agent of the center signs in at a desk.
    pub(crate) fn signs_in(booth: &mut Booth, agent: &str) {
        booth.click("상담사 이름");
        booth.type_text(agent);
        booth.click("암호");
        booth.type_text(PASSPHRASE);
        booth.press("Enter");
        booth.wait_for("the agent is signed in", |view| view.agent.is_some());
    }

    /// Nothing it has signed is believed at the exchange any more.
    pub(crate) fn is_struck_off(office: &Office) {
        let roster = office.folder().join("stations.toml");
        exchange::revoke_switch(&roster, NAME).unwrap();
    }

    /// The switch is gone at once.
    pub(crate) fn fails(&mut self) {
        self.0.fails();
    }
}
