window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.violatedDirective),
);
document.querySelector('h1').textContent = `Siap ${window.selftest.add(2, 3)}`;
