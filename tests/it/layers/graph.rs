//! The graph of a crate's modules, read from its sources: an arrow runs from the file that names an item to the file that
//! declares it, through every re-export between them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree};

/// A path of module names below the crate's root, such as `period::key`.
pub type Module = Vec<String>;

/// What one module declares, brings into scope and names.
#[derive(Debug, Default)]
struct Scope {
    declares: BTreeSet<String>,
    brings: BTreeMap<String, Vec<String>>,
    everything_of: Vec<Vec<String>>,
    names: Vec<Vec<String>>,
}

/// Modules of a crate and what each uses of the others; modules of tests are left out.
#[derive(Debug, Default)]
pub struct Graph {
    scopes: BTreeMap<Module, Scope>,
}

impl Graph {
    /// Adds the module that `text` is the source of.
    pub fn add(&mut self, module: Module, text: &str) -> syn::Result<()> {
        self.scope(module, syn::parse_file(text)?.items);
        Ok(())
    }

    fn scope(&mut self, module: Module, items: Vec<Item>) {
        let mut scope = Scope::default();
        let mut inner = Vec::new();
        for item in items.into_iter().filter(|item| !attributes(item).iter().any(is_test)) {
            if let Item::Mod(ItemMod { ident, content, .. }) = item {
                inner.extend(content.map(|(_, items)| (ident.to_string(), items)));
                continue;
            }
            scope.declares.extend(declared(&item));
            scope.visit_item(&item);
        }
        self.scopes.insert(module.clone(), scope);
        for (name, items) in inner {
            let mut below = module.clone();
            below.push(name);
            self.scope(below, items);
        }
    }

    /// The rooms: the first word of every module but the crate's root.
    pub fn rooms(&self) -> BTreeSet<String> {
        self.scopes.keys().filter_map(|module| module.first().cloned()).collect()
    }

    /// Every pair of modules of which the first names something that the second declares.
    pub fn arrows(&self) -> BTreeSet<(Module, Module)> {
        let mut arrows = BTreeSet::new();
        for (module, scope) in &self.scopes {
            let brought = scope.brings.values().chain(&scope.everything_of);
            for path in scope.names.iter().chain(brought) {
                if let Some(home) = self.home(module, path, 0).filter(|home| home != module) {
                    arrows.insert((module.clone(), home));
                }
            }
        }
        arrows
    }

    /// The module that declares what `path` names in `module`; none where it is of another crate.
    fn home(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" | "abreast" => Vec::new(),
            "self" => module.clone(),
            "super" => module.split_last()?.1.to_vec(),
            _ if self.scopes.contains_key(&below(module, first)) => below(module, first),
            _ => return self.brought(module, path, depth),
        };
        while let Some((next, after)) = rest.split_first() {
            if next == "super" {
                at.pop();
            } else if self.scopes.contains_key(&below(&at, next)) {
                at = below(&at, next);
            } else {
                return self.brought(&at, rest, depth).or(Some(at));
            }
            rest = after;
        }
        Some(at)
    }

    /// Where a name that `module` brings into scope is declared.
    fn brought(&self, module: &Module, path: &[String], depth: usize) -> Option<Module> {
        let (name, rest) = path.split_first()?;
        let scope = self.scopes.get(module).filter(|_| depth < 9)?;
        if scope.declares.contains(name) {
            return Some(module.clone());
        }
        if let Some(from) = scope.brings.get(name).filter(|from| from.as_slice() != path) {
            let whole: Vec<String> = from.iter().chain(rest).cloned().collect();
            return self.home(module, &whole, depth + 1);
        }
        let declares = |of: &&Vec<String>| {
            let home = self.home(module, of, depth + 1)?;
            self.scopes.get(&home)?.declares.contains(name).then_some(home)
        };
        scope.everything_of.iter().find_map(|of| declares(&of))
    }
}

fn below(module: &[String], name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => &[],
    }
}

fn is_test(attribute: &Attribute) -> bool {
    let mut test = attribute.path().is_ident("test");
    if attribute.path().is_ident("cfg") {
        let _ = attribute.parse_nested_meta(|meta| {
            test |= meta.path.is_ident("test");
            Ok(())
        });
    }
    test
}

/// The name that an item declares in its module.
fn declared(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

impl Scope {
    fn take(&mut self, before: &[String], tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.take(&below(before, &path.ident.to_string()), &path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.take(before, tree)),
            UseTree::Glob(_) => self.everything_of.push(before.to_vec()),
            UseTree::Name(name) if name.ident == "self" => {
                self.brings.insert(before.last().cloned().unwrap_or_default(), before.to_vec());
            }
            UseTree::Name(name) => {
                self.brings.insert(name.ident.to_string(), below(before, &name.ident.to_string()));
            }
            UseTree::Rename(name) => {
                self.brings.insert(name.rename.to_string(), below(before, &name.ident.to_string()));
            }
        }
    }

    /// Paths of several words in what a macro is given.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.keep(std::mem::take(&mut path));
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    self.keep(std::mem::take(&mut path));
                }
                _ => self.keep(std::mem::take(&mut path)),
            }
        }
        self.keep(path);
    }

    fn keep(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.names.push(path);
        }
    }
}

impl<'ast> Visit<'ast> for Scope {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.take(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.keep(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

/// The modules of every source file below `root`.
pub fn read(root: &Path) -> Graph {
    let mut graph = Graph::default();
    for path in super::sources(root) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let inside = path.strip_prefix(root).expect("below").with_extension("");
        let mut module: Module = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| last == "mod" || last == "lib") {
            module.pop();
        }
        graph.add(module, &text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    graph
}

/// Circles of a graph: sets of more than one member, each of which leads to every other.
pub fn circles<T: Ord + Clone>(arrows: &BTreeSet<(T, T)>) -> Vec<Vec<T>> {
    let mut out: BTreeMap<&T, Vec<&T>> = BTreeMap::new();
    for (from, to) in arrows {
        out.entry(from).or_default().push(to);
    }
    let reach = |start: &T| {
        let mut seen: BTreeSet<&T> = BTreeSet::new();
        let mut left: Vec<&T> = out.get(start).cloned().unwrap_or_default();
        while let Some(next) = left.pop() {
            if seen.insert(next) {
                left.extend(out.get(next).into_iter().flatten());
            }
        }
        seen.into_iter().cloned().collect::<BTreeSet<T>>()
    };
    let reached: BTreeMap<&T, BTreeSet<T>> = out.keys().map(|from| (*from, reach(from))).collect();
    let mut circles: BTreeSet<Vec<T>> = BTreeSet::new();
    for (from, far) in &reached {
        let together: Vec<T> =
            far.iter().filter(|to| reached.get(to).is_some_and(|back| back.contains(*from))).cloned().collect();
        if together.len() > 1 {
            circles.insert(together);
        }
    }
    circles.into_iter().collect()
}
