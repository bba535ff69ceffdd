//! The client of another make as a process, and what stories say through it.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
};

use serde_json::{Value, json};

use crate::station::PATIENCE;

/// How a client comes.
pub(crate) enum Way {
    /// As a page in a browser would.
    FromPage(&'static str),
    /// With a certificate of this folder.
    Showing(String),
    /// Trusting the authority of this folder.
    Trusting(String),
    /// Speaking an older form that the judge does not know.
    Unjudged,
}

pub(crate) struct Client {
    program: Child,
    say: ChildStdin,
    heard: Receiver<Value>,
    /// Completions that came while another one was waited for.
    kept: Vec<Value>,
    last_id: i64,
}

impl Client {
    /// Opens the line, or tells with which HTTP status it was refused; 0 for none.
    pub(crate) fn open(url: &str, ways: &[Way]) -> Result<Self, u16> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new(root.join("../../.venv/bin/python3"));
        command.arg(root.join("tests/edge/stranger.py")).arg(url);
        for way in ways {
            match way {
                Way::FromPage(origin) => command.args(["--origin", origin]),
                Way::Showing(folder) => command.args(["--credentials", folder]),
                Way::Trusting(folder) => command.args(["--trust", folder]),
                Way::Unjudged => command.arg("--unjudged"),
            };
        }
        let mut program = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python's aiohttp is in .venv: `make setup`");
        let (tell, heard) = channel();
        let output = BufReader::new(program.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        let say = program.stdin.take().unwrap();
        let mut client = Self {
            program,
            say,
            heard,
            kept: Vec::new(),
            last_id: 0,
        };
        let first = client.next_line();
        match first["refused"].as_u64() {
            None => {
                assert_eq!(first["opened"], true, "{first}");
                Ok(client)
            }
            Some(status) => Err(u16::try_from(status).unwrap()),
        }
    }

    fn next_line(&mut self) -> Value {
        let line = self.heard.recv_timeout(PATIENCE);
        let line = line.expect("the client hears something");
        assert!(line.get("judged").is_none(), "{line}");
        line
    }

    fn tell(&mut self, line: &Value) {
        writeln!(self.say, "{line}").unwrap();
    }

    /// Whatever it is.
    pub(crate) fn say(&mut self, text: &str) {
        self.tell(&json!({ "send": text }));
    }

    pub(crate) fn say_bytes(&mut self, bytes: &[u8]) {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        self.tell(&json!({ "bytes": hex }));
    }

    /// Sends a command; it is acknowledged by nobody yet.
    pub(crate) fn send(&mut self, name: &str, payload: Value, timeout: Option<u64>) -> i64 {
        self.last_id += 1;
        let mut header = json!({
            "type": "command", "name": name, "version": "2.0", "requestId": self.last_id,
        });
        if let Some(timeout) = timeout {
            header["timeout"] = timeout.into();
        }
        self.say(&json!({ "header": header, "payload": payload }).to_string());
        self.last_id
    }

    /// Sends a command and waits until it is taken.
    pub(crate) fn begin(&mut self, name: &str, payload: Value) -> i64 {
        let id = self.send(name, payload, None);
        self.taken(id);
        id
    }

    pub(crate) fn taken(&mut self, id: i64) {
        let acknowledge = self.next("acknowledge");
        assert_eq!(acknowledge["header"]["requestId"], id);
        assert_eq!(acknowledge["header"].get("status"), None);
    }

    /// The completion of a command that is done at once, or as the story has prepared it.
    pub(crate) fn ask(&mut self, name: &str, payload: Value) -> Value {
        let id = self.begin(name, payload);
        self.completed(id)
    }

    /// As [`Client::ask`], of somebody who may be shut out while it asks.
    pub(crate) fn try_ask(&mut self, name: &str) -> Option<Value> {
        self.send(name, json!({}), None);
        loop {
            let line = self.heard.recv_timeout(PATIENCE).ok()?;
            let message: Value = serde_json::from_str(line["text"].as_str()?).unwrap();
            if message["header"]["type"] == "completion" {
                return Some(message);
            }
        }
    }

    pub(crate) fn completed(&mut self, id: i64) -> Value {
        let is_it = |it: &Value| it["header"]["requestId"] == id;
        if let Some(place) = self.kept.iter().position(is_it) {
            return self.kept.remove(place);
        }
        loop {
            let completion = self.next("completion");
            if is_it(&completion) {
                return completion;
            }
            self.kept.push(completion);
        }
    }

    pub(crate) fn event(&mut self, name: &str) -> Value {
        let event = self.next("event");
        assert_eq!(event["header"]["name"], name);
        event
    }

    /// The next message of this type; what is unsolicited is passed over unless it is wanted.
    pub(crate) fn next(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next_message();
            let heard = message["header"]["type"].as_str().unwrap();
            if heard == kind {
                return message;
            }
            assert_eq!(heard, "unsolicited", "{kind} was wanted, not {message}");
        }
    }

    pub(crate) fn next_message(&mut self) -> Value {
        let line = self.next_line();
        let text = line["text"].as_str();
        serde_json::from_str(text.unwrap_or_else(|| panic!("{line}"))).unwrap()
    }

    /// Waits until what `Common.Status` says has this value at this place (RFC 6901).
    pub(crate) fn until(&mut self, place: &str, value: &str) {
        let status = self.ask("Common.Status", json!({}));
        let mut now = status["payload"].pointer(place).cloned();
        while now.is_none_or(|it| it != value) {
            now = self.next("unsolicited")["payload"].pointer(place).cloned();
        }
    }

    pub(crate) fn until_online(&mut self) {
        self.until("/common/device", "online");
    }

    /// With which code the line was closed.
    pub(crate) fn closed(&mut self) -> Value {
        loop {
            let line = self.next_line();
            if let Some(code) = line.get("closed") {
                return code.clone();
            }
        }
    }

    /// Goes without a word, as a client that has crashed.
    pub(crate) fn crash(mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// How a completion ended: its code, and the command's own error if there is one.
pub(crate) fn end(completion: &Value) -> (&str, Option<&str>) {
    let code = completion["header"]["completionCode"].as_str().unwrap();
    (code, completion["payload"]["errorCode"].as_str())
}

pub(crate) const SUCCESS: (&str, Option<&str>) = ("success", None);
