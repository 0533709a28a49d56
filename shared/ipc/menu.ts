import { z } from '../lib/zod.ts';

const label = z.string().min(1).max(80);

/** Editing roles that the system itself performs; every other item is a command of the page. */
export const menuRoles = ['cut', 'copy', 'paste', 'quit', 'about', 'minimize', 'togglefullscreen'] as const;

/**
 * One entry of a menu. Accelerators are only shown: the page handles every key. They are in Electron's words
 * ("CmdOrCtrl+Shift+S"). `checked` makes it a check item.
 */
export const menuItemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    id: z.string().min(1).max(120),
    label,
    accelerator: z.string().max(40).optional(),
    enabled: z.boolean(),
    checked: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('role'), role: z.enum(menuRoles), label: label.optional() }),
  z.object({ kind: z.literal('separator') }),
]);

/** One menu of the bar; `items` may hold one level of submenus. */
export const menuSchema = z.object({
  label,
  items: z
    .array(z.union([menuItemSchema, z.object({ kind: z.literal('submenu'), label, items: z.array(menuItemSchema).max(200) })]))
    .max(200),
});

/** The whole menu bar, sent by the page as data. */
export const menuDescriptionSchema = z.object({ menus: z.array(menuSchema).max(20) });

/** A command, role or separator. */
export type MenuItem = z.infer<typeof menuItemSchema>;

/** One menu of the bar. */
export type MenuGroup = z.infer<typeof menuSchema>;

/** The whole menu bar. */
export type MenuDescription = z.infer<typeof menuDescriptionSchema>;
