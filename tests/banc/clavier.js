// What the keyboard walk reads in the page, without changing anything in it. An expression: an object of functions.
(() => {
  const INTERACTIFS =
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, details > summary:first-of-type, " +
    "iframe, audio[controls], video[controls], [contenteditable=''], [contenteditable=true], [tabindex]";
  const PSEUDOS = [null, "::before", "::after"];
  let arrets = [];
  let repos = new Map();
  let vus = [];

  const etiquettes = (e) => [...(e.labels ?? [])];
  const opaque = (e) => {
    const style = getComputedStyle(e);
    return Number(style.opacity) > 0.1 && style.clipPath !== "inset(50%)";
  };
  // A radio button or a box of the design system is transparent: its label is what one sees.
  const corps = (e) => (opaque(e) ? [e] : etiquettes(e).filter(opaque));
  const boites = (e) => corps(e).flatMap((c) => [...c.getClientRects()].filter((r) => r.width > 1 && r.height > 1));
  const rendu = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const nom = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);

  const attendu = (e) => {
    if (e.matches(":disabled") || e.closest("[inert]") || !rendu(e) || boites(e).length === 0) return false;
    return e.matches(":not([tabindex='-1'])") || (e.matches("a, button, input, select, textarea") && e.role !== "tab");
  };

  // A group of radio buttons is one stop: the chosen one, or the first.
  const unParGroupe = (elements) =>
    elements.filter((e) => {
      if (e.type !== "radio" || !e.name) return true;
      const groupe = elements.filter((r) => r.type === "radio" && r.name === e.name && r.form === e.form);
      return e === (groupe.find((r) => r.checked) ?? groupe[0]);
    });

  const contour = (e) =>
    [e, ...etiquettes(e)]
      .flatMap((n) => PSEUDOS.map((p) => getComputedStyle(n, p)))
      .map((s) => {
        const trait = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && !/, 0\)$/.test(s.outlineColor);
        const ombre = s.boxShadow !== "none" ? s.boxShadow : "";
        return (trait ? `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor} ` : "") + ombre;
      });

  const seVoit = (e) => contour(e).some((trait, i) => trait !== "" && trait !== (repos.get(e)?.[i] ?? ""));

  // Nothing above it, and inside the window: somewhere the reader can look at what has the focus.
  const devant = (e) =>
    boites(e).some((r) => {
      const [gauche, droite] = [Math.max(r.left, 0), Math.min(r.right, innerWidth)];
      const [haut, bas] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
      if (droite - gauche < 2 || bas - haut < 2) return false;
      const touche = document.elementFromPoint((gauche + droite) / 2, (haut + bas) / 2);
      return touche !== null && [e, ...corps(e)].some((c) => c.contains(touche));
    });

  const noter = () => {
    const e = document.activeElement;
    if (e === null || e === document.body || e === document.documentElement) return;
    if (vus.length > 0 && vus.at(-1).element === e) return; // the parts of a date field are one element
    const fautes = [];
    if (boites(e).length === 0 || !rendu(e)) fautes.push("a le focus sans être visible");
    else {
      if (!seVoit(e)) fautes.push("a le focus sans que cela se voie");
      if (!devant(e)) fautes.push("a le focus hors de l'écran ou caché par autre chose");
    }
    vus.push({ element: e, rang: arrets.indexOf(e), nom: nom(e), fautes });
  };

  addEventListener("keydown", (evenement) => evenement.key === "Tab" && noter(), true);

  const auDebut = () => {
    const corpsDePage = document.body;
    corpsDePage.tabIndex = -1;
    corpsDePage.focus();
    corpsDePage.removeAttribute("tabindex");
    corpsDePage.blur();
    scrollTo(0, 0);
    vus = [];
  };

  return {
    // Start from the top of the page; how many presses of Tab it takes at least (a date field has four parts).
    preparer() {
      auDebut();
      arrets = unParGroupe([...document.querySelectorAll(INTERACTIFS)].filter(attendu));
      repos = new Map([...document.querySelectorAll(INTERACTIFS)].map((e) => [e, contour(e)]));
      const dates = arrets.filter((e) => ["date", "month", "time", "datetime-local"].includes(e.type)).length;
      return arrets.length + 3 * dates;
    },
    auDebut,
    // The stops made so far, and whether the focus has left the page or come back to its first stop.
    bilan() {
      noter();
      const tour = vus.findIndex((v, i) => i > 0 && v.element === vus[0].element);
      const sorti = document.activeElement === document.body || tour > 0;
      const pas = (tour > 0 ? vus.slice(0, tour) : vus).map(({ rang, nom, fautes }) => ({ rang, nom, fautes }));
      return { sorti, pas, arrets: arrets.map(nom), devances: arrets.filter((e) => e.tabIndex > 0).map(nom) };
    },
    replis: () => document.querySelectorAll("details > summary:first-of-type").length,
    viser(i) {
      const resume = document.querySelectorAll("details > summary:first-of-type")[i];
      if (!rendu(resume)) return null;
      resume.focus();
      return nom(resume);
    },
    ouvert: (i) => document.querySelectorAll("details > summary:first-of-type")[i].parentElement.open,
  };
})()
