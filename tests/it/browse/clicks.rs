//! A reader who clicks: a page as a browser without script has it, its form filled in and sent, and the clicks counted.

use abreast::browse::{Build, Form, Request, Response, Upload, answer};

use super::text;

/// A session at a build.
pub struct Clicks<'b> {
    pub build: &'b Build,
    /// The page one is on.
    pub page: String,
    /// Its address.
    pub at: String,
    /// Buttons, links and answers so far.
    pub count: usize,
}

impl<'b> Clicks<'b> {
    pub fn open(build: &'b Build, address: &str) -> Clicks<'b> {
        let mut clicks = Clicks { build, page: String::new(), at: String::new(), count: 0 };
        clicks.go(address);
        clicks
    }

    /// Goes to an address, and on where it leads; a page that loads itself again is waited for.
    pub fn go(&mut self, address: &str) {
        let mut at = address.to_owned();
        let begun = std::time::Instant::now();
        loop {
            let response = answer(self.build, &Request::get(at.split('#').next().expect("an address")));
            if response.refresh.is_some() {
                assert!(begun.elapsed().as_secs() < 400, "{at} goes on and on");
                std::thread::sleep(std::time::Duration::from_millis(30));
                continue;
            }
            match &response.location {
                Some(location) => at.clone_from(location),
                None => break self.on(at, response),
            }
        }
    }

    fn on(&mut self, at: String, response: Response) {
        self.at = at;
        self.page = String::from_utf8(response.body.into_owned()).expect("text");
    }

    /// The words of the page.
    pub fn said(&self) -> String {
        text(&self.page)
    }

    /// The fields of the form that goes to where one is, as they stand.
    pub fn fields(&self) -> Vec<(String, String)> {
        fields(&self.page, self.at.split(['#', '?']).next().expect("an address"))
    }

    /// Presses a button, with answers in the place of what stands in fields.
    pub fn press(&mut self, word: &str, answers: &[(&str, &str)]) {
        self.count += 1 + answers.len();
        let mut fields = self.fields();
        assert!(self.page.contains(&format!("value=\"{word}\"")), "no button `{word}` on {}: {}", self.at, self.said());
        for (name, value) in answers {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        fields.push(("do".to_owned(), word.to_owned()));
        let form = Form { fields, files: Vec::new() };
        let at = self.at.split(['#', '?']).next().expect("an address").to_owned();
        self.send(&at, form);
    }

    /// Sends a form to an address.
    pub fn send(&mut self, at: &str, form: Form) {
        let response = answer(self.build, &Request::post(at, form));
        match response.location.clone() {
            Some(location) => self.go(&location),
            None => self.on(at.to_owned(), response),
        }
    }

    /// Chooses files and brings them in.
    pub fn bring(&mut self, files: &[(&str, &[u8])]) {
        self.go("/intake");
        self.count += 2;
        let uploads = files.iter().map(|(name, bytes)| {
            let copy = tempfile::NamedTempFile::new().expect("a file").into_temp_path();
            std::fs::write(&copy, bytes).expect("written");
            Upload::new("file", *name, copy)
        });
        let fields = fields(&self.page, "/intake");
        self.send("/intake", Form { fields, files: uploads.collect() });
    }
}

/// The fields of the form with an action, as a browser would send them untouched.
pub fn fields(page: &str, action: &str) -> Vec<(String, String)> {
    let from = page
        .find(&format!("action=\"{action}\" method=\"post\""))
        .unwrap_or_else(|| panic!("no form to {action}: {page}"));
    let form = page[from..].split("</form>").next().expect("a form");
    let mut found = Vec::new();
    let mut select: Option<(String, Option<String>)> = None;
    for tag in form.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let has = |word: &str| tag.split(' ').any(|part| part == word);
        match tag.split(' ').next().unwrap_or_default() {
            "input" if ["checkbox", "radio"].contains(&attribute(tag, "type").as_str()) && !has("checked") => {}
            "input" if attribute(tag, "type") != "file" => {
                found.push((attribute(tag, "name"), attribute(tag, "value")))
            }
            "select" => select = Some((attribute(tag, "name"), None)),
            "option" => {
                // Without one that is selected a browser sends the first.
                if let Some((_, value)) = &mut select
                    && (value.is_none() || has("selected"))
                {
                    *value = Some(attribute(tag, "value"));
                }
            }
            "/select" => found.extend(select.take().and_then(|(name, value)| Some((name, value?)))),
            _ => {}
        }
    }
    found
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    known.iter().fold(value.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
